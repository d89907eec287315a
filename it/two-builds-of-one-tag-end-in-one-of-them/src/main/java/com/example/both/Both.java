package com.example.both;

public final class Both {

  public static void main(String[] args) {
    System.out.println("First come, last served.");
  }
}
