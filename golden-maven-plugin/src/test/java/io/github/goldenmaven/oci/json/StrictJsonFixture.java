package io.github.goldenmaven.oci.json;

import java.nio.charset.StandardCharsets;

/** What the tests of this subject share. */
abstract class StrictJsonFixture {

  static JsonObject read(String text) {
    return StrictJson.read("The manifest 'x'", text.getBytes(StandardCharsets.UTF_8));
  }
}
