package io.github.goldenmaven.provenance;

/** What an image says it is, the value of {@link Label#ROLE}. */
public enum Role {
  /** A company's own base: an official image, worked over. */
  GOLDEN("golden"),
  /** A service on a golden image. */
  APPLICATION("application");

  private final String value;

  Role(String value) {
    this.value = value;
  }

  /** As written in the label. */
  public String value() {
    return value;
  }

  @Override
  public String toString() {
    return value;
  }
}
