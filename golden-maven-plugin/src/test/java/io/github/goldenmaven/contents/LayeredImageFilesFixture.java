package io.github.goldenmaven.contents;

import java.nio.charset.StandardCharsets;

/** What the tests of this subject share. */
abstract class LayeredImageFilesFixture {

  static final String REMEDY =
      " Have the official image built and pushed again by a tool that writes plain OCI layers, or"
          + " name another one in 'from' of golden.yaml.";

  static String text(ImageFiles files, String path) {
    return new String(files.content(path).orElseThrow(), StandardCharsets.UTF_8);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
