package com.example.frameworks;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.Micronaut;

@Controller("/greeting")
public class Application {
  @Get(produces = "text/plain")
  String greet() {
    return "Micronaut on golden";
  }

  public static void main(String[] arguments) {
    Micronaut.run(Application.class, arguments);
  }
}
