package com.example.stranger;

public final class Stranger {

  public static void main(String[] args) {
    System.out.println("Nobody changed my POM.");
  }
}
