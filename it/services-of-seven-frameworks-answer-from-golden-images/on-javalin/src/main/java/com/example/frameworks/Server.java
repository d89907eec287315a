package com.example.frameworks;

import io.javalin.Javalin;

public class Server {
  public static void main(String[] arguments) {
    Javalin.create().get("/greeting", context -> context.result("Javalin on golden")).start(8080);
  }
}
