package io.github.goldenmaven.oci.layer;

/** A layer's bytes at some stage of reading; whatever fails is a GoldenException already. */
interface LayerInput extends AutoCloseable {

  /** Reads at least one byte; -1 at the end. */
  int read(byte[] bytes, int offset, int length);

  @Override
  void close();
}
