package com.example.probe;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import javax.net.ssl.SSLHandshakeException;

/** Says what a service finds in its container. */
public class Probe {

  public static void main(String[] arguments) throws IOException, InterruptedException {
    for (String argument : arguments) {
      System.out.println(argument + ": " + answer(argument));
    }
  }

  private static String answer(String question) throws IOException, InterruptedException {
    if (question.startsWith("https:")) {
      try {
        HttpRequest request = HttpRequest.newBuilder(URI.create(question)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      } catch (SSLHandshakeException e) {
        return "not trusted";
      }
    }
    if (question.startsWith("http:")) {
      return new String(new URL(question).openStream().readAllBytes());
    }
    if (question.startsWith("/")) {
      return Files.readString(Path.of(question)).strip();
    }
    return ZoneId.systemDefault().toString();
  }
}
