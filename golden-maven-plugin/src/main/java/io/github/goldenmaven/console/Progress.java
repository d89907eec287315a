package io.github.goldenmaven.console;

/** Hears how many bytes of one long transfer have passed. Called from any thread. */
@FunctionalInterface
public interface Progress {

  /** For transfers too small to be worth telling. */
  Progress SILENT = bytes -> {};

  /** {@code bytes} more bytes have passed since the last call; may be negative after a resume. */
  void advanced(long bytes);
}
