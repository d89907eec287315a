package com.example.mover;

public final class Mover {

  public static void main(String[] args) {
    System.out.println("Moved without a second thought.");
  }
}
