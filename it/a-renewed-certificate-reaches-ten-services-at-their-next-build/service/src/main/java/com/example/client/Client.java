package com.example.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import javax.net.ssl.SSLHandshakeException;

/** Asks a server of the company and says whether it trusts it. */
public class Client {

  public static void main(String[] arguments) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(arguments[0])).build();
    try {
      System.out.println(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
    } catch (SSLHandshakeException e) {
      System.out.println("not trusted");
    }
  }
}
