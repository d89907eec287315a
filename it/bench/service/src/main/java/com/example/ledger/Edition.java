package com.example.ledger;

/** The one class that the benchmark changes between two builds. */
final class Edition {

  static final int NUMBER = 0;

  private Edition() {}
}
