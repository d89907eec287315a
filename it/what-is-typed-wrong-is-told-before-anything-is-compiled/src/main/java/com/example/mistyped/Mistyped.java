package com.example.mistyped;

public final class Mistyped {

  public static void main(String[] arguments) {
    System.out.println("typed right");
  }
}
