package com.example.wrong;

public final class Wrong {

  public static void main(String[] args) {
    System.out.println("Never seen in an image.");
  }
}
