package com.example.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLHandshakeException;

/** Asks servers of the company and says of each whether it trusts it. */
public class Client {

  public static void main(String[] servers) throws IOException, InterruptedException {
    for (String server : servers) {
      System.out.println(answer(URI.create(server)));
    }
  }

  private static String answer(URI server) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server).build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    } catch (SSLHandshakeException e) {
      return "not trusted";
    }
  }
}
