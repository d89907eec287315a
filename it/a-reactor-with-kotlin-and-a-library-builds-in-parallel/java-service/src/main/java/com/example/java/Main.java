package com.example.java;

import com.example.library.Greeting;

public final class Main {

  public static void main(String[] args) {
    String forms = com.example.one.Form.name() + " and " + com.example.two.Form.name();
    System.out.println(Greeting.of("Java, forms " + forms));
  }
}
