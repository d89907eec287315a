package io.github.goldenmaven.bake;

import java.nio.file.Path;

/** A program that bakes a golden.yaml twice, to be run in a small heap of its own. */
public final class CappedBake {

  private CappedBake() {}

  public static void main(String[] arguments) {
    TestBake bake = TestBake.of(Path.of(arguments[0]));
    System.out.println(bake.run().outcome() + " " + bake.run().outcome());
  }
}
