package com.example.shy;

public final class Shy {

  public static void main(String[] args) {
    System.out.println("Not yet.");
  }
}
