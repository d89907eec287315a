package com.example.frameworks;

import io.helidon.webserver.Routing;
import io.helidon.webserver.WebServer;

public final class GreetingServer {

  private GreetingServer() {}

  public static void main(String[] arguments) {
    Routing routing =
        Routing.builder()
            .get("/greeting", (request, response) -> response.send("Helidon on golden"))
            .build();
    WebServer.builder(routing).port(8080).build().start();
  }
}
