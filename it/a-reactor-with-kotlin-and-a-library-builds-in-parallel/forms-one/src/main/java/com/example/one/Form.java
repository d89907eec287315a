package com.example.one;

public final class Form {

  private Form() {}

  public static String name() {
    return "one";
  }
}
