package com.example.two;

public final class Form {

  private Form() {}

  public static String name() {
    return "two";
  }
}
