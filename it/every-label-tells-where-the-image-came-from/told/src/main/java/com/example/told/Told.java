package com.example.told;

public final class Told {

  public static void main(String[] args) {
    System.out.println("Every label is true.");
  }
}
