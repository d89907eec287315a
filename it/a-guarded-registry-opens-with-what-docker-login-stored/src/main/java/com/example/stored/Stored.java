package com.example.stored;

public final class Stored {

  public static void main(String[] args) {
    System.out.println("Let in.");
  }
}
