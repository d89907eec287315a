package io.github.goldenmaven.provenance.jar;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Which classes a jar has, four bytes each: enough to tell that one is not there. One that is not
 * there is taken for another once in some hundred thousand jars.
 */
public final class ClassNames {

  private static final String VERSIONS = "META-INF/versions/";
  private static final String SUFFIX = ".class";

  /** Sorted. */
  private final int[] hashes;

  private ClassNames(int[] hashes) {
    this.hashes = hashes;
  }

  /**
   * Of classes.
   *
   * @param hashes as {@link #hash} gives them, in any order
   */
  static ClassNames of(int[] hashes) {
    int[] sorted = hashes.clone();
    Arrays.sort(sorted);
    return new ClassNames(sorted);
  }

  /** Of a class file's path in a jar; one for newer Javas only is that class too. */
  static int hash(String path) {
    int from = 0;
    if (path.startsWith(VERSIONS)) {
      from = path.indexOf('/', VERSIONS.length()) + 1;
    }
    return path.substring(from, path.length() - SUFFIX.length()).hashCode();
  }

  /**
   * Whether the class is there.
   *
   * @param name with dots
   */
  public boolean has(String name) {
    return Arrays.binarySearch(hashes, name.replace('.', '/').hashCode()) >= 0;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(hashes.length);
    for (int hash : hashes) {
      out.writeInt(hash);
    }
  }

  static ClassNames readFrom(DataInput in, int atMost) throws IOException {
    int[] hashes = new int[JarFacts.count(in, atMost)];
    for (int at = 0; at < hashes.length; at++) {
      hashes[at] = in.readInt();
    }
    return of(hashes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassNames names && Arrays.equals(hashes, names.hashes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hashes);
  }

  @Override
  public String toString() {
    return hashes.length + " classes";
  }
}
