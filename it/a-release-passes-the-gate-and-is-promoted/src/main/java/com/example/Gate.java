package com.example;

public final class Gate {
  public static void main(String[] arguments) {
    System.out.println("checked");
  }
}
