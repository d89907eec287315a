package com.example.signed;

public final class Signed {

  private Signed() {}

  public static void main(String[] arguments) {
    System.out.println("signed");
  }
}
