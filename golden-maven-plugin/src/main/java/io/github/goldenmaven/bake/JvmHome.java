package io.github.goldenmaven.bake;

/**
 * Where an image's JVM is.
 *
 * @param path in the image, as in a layer: {@code opt/java/openjdk}
 * @param feature its version's first number: 8, 21
 */
record JvmHome(String path, int feature) {}
