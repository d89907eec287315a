package com.example.library;

public final class Greeting {

  private Greeting() {}

  public static String of(String who) {
    return "A golden day, " + who + ".";
  }
}
