package com.example.frameworks;

/** A tool beside the service: the POM says which of the two is meant. */
public class Migration {
  public static void main(String[] arguments) {
    System.out.println("migrated");
  }
}
