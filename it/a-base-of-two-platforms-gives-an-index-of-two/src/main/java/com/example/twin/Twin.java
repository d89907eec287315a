package com.example.twin;

public final class Twin {

  public static void main(String[] args) {
    System.out.println("Two of a kind.");
  }
}
