package com.example.prices;

import com.google.gson.JsonObject;

public final class Prices {

  public static void main(String[] args) {
    JsonObject price = new JsonObject();
    price.addProperty("gold", 4000);
    System.out.println(price);
  }
}
