package com.example.bound;

public final class Bound {

  public static void main(String[] args) {
    System.out.println("Bound to the package phase.");
  }
}
