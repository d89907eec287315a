package com.example.frameworks;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

public class Routes extends RouteBuilder {

  public static void main(String[] arguments) throws Exception {
    Main main = new Main(Routes.class);
    main.run(arguments);
  }

  @Override
  public void configure() {
    from("timer:once?repeatCount=1").log("Camel on golden");
  }
}
