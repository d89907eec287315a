package com.example.lineage;

public final class Lineage {

  public static void main(String[] args) {
    System.out.println("I know where I come from.");
  }
}
