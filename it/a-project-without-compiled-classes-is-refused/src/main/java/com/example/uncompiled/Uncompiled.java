package com.example.uncompiled;

public final class Uncompiled {

  public static void main(String[] args) {
    System.out.println("Nobody compiled me.");
  }
}
