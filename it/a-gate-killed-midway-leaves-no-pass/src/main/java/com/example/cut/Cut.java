package com.example.cut;

public final class Cut {

  public static void main(String[] args) {
    System.out.println("Whole.");
  }
}
