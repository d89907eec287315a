package io.github.goldenmaven.provenance.git;

/**
 * Something that could not be found out and stops nothing by itself: the caller says it, or refuses
 * to release on it.
 *
 * @param problem one sentence, naming the thing in quotes
 * @param remedy what the user can do about it
 */
public record Warning(String problem, String remedy) {}
