package com.example.forged;

public final class Forged {

  public static void main(String[] args) {
    System.out.println("Two lines.");
  }
}
