module com.example.prices {
  requires com.google.gson;

  exports com.example.prices;
}
