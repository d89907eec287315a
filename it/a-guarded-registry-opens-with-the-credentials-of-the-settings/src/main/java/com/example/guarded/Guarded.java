package com.example.guarded;

public final class Guarded {

  public static void main(String[] args) {
    System.out.println("Let in.");
  }
}
