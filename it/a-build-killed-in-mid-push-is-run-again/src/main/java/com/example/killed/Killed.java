package com.example.killed;

public final class Killed {

  public static void main(String[] args) {
    System.out.println("Survived.");
  }
}
