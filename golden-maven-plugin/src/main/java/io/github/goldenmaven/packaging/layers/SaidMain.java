package io.github.goldenmaven.packaging.layers;

/**
 * A class that something in the POM names as the one that starts the service.
 *
 * @param className as it was written, not checked
 * @param by for messages: {@code maven-jar-plugin's <mainClass>}
 */
public record SaidMain(String className, String by) {}
