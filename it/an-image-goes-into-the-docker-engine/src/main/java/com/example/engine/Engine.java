package com.example.engine;

public final class Engine {

  public static void main(String[] args) {
    System.out.println("Hello from inside the engine.");
  }
}
