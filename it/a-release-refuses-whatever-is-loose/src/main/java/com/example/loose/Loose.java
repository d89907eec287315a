package com.example.loose;

public final class Loose {

  public static void main(String[] args) {
    System.out.println("Not to be released.");
  }
}
