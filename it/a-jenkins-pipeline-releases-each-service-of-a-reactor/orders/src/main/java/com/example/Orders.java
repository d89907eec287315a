package com.example;

public final class Orders {
  public static void main(String[] arguments) {
    System.out.println("ordered");
  }
}
