package com.example.clock;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.apache.commons.lang3.StringUtils;

/** Answers every request with one line. */
public final class Clock {

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    byte[] answer = answer();
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  private static byte[] answer() throws IOException {
    try (InputStream in = Clock.class.getResourceAsStream("answer.txt")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      return StringUtils.capitalize(text).getBytes(StandardCharsets.UTF_8);
    }
  }
}
