package io.github.goldenmaven.registry.remote;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.registry.SmallImage;

/** What the tests of this subject share. */
abstract class SpokenToFixture {

  static final SmallImage IMAGE = SmallImage.named("golden");

  static final String BETWEEN =
      " Look at what stands between it and us: a proxy, a gateway or a login page answers in its"
          + " place.";

  static final String PAGE =
      "<!DOCTYPE html><html><head><title>\n"
          + " Access &amp; denied </title></head><body>x</body></html>";

  static GoldenException failure(RegistryStore store) {
    return catchThrowableOfType(GoldenException.class, () -> store.manifest("1"));
  }
}
