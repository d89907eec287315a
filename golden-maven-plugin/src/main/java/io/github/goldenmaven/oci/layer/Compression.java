package io.github.goldenmaven.oci.layer;

/** How a layer's tar is stored; both are gzip, so every runtime reads them. */
public enum Compression {
  /** Deflated at zlib's level 6, in pure Java, so that any JDK writes the same bytes. */
  DEFLATED,
  /** Stored blocks: for jars, which are already deflated. */
  STORED
}
