package com.example.remote;

public final class Remote {

  public static void main(String[] args) {
    System.out.println("Built where no network is.");
  }
}
