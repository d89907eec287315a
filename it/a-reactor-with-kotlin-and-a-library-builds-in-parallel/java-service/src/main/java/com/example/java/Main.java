package com.example.java;

import com.example.library.Greeting;

public final class Main {

  public static void main(String[] args) {
    System.out.println(Greeting.of("Java"));
  }
}
