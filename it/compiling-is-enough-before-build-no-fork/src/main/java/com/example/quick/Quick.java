package com.example.quick;

public final class Quick {

  public static void main(String[] args) {
    System.out.println("No jar was packaged for this.");
  }
}
