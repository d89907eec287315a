package io.github.goldenmaven.verify.provenance;

/**
 * Why what is signed about an image does not count.
 *
 * @param expected what would
 * @param found what there is, for people; parts of it are foreign text
 */
public record ProvenanceFault(Kind kind, String expected, String found) {

  /** One for each rule. */
  public enum Kind {
    /** Nothing is signed about it. */
    SIGNED,
    /** The key is none of the policy's. */
    KEY,
    /** The key is the policy's for something else. */
    ROLE,
    /** The key does not count on this day. */
    PERIOD,
    /** The key is not for this repository or this builder. */
    SCOPE,
    /** It cannot be read, or can be read in two ways. */
    READABLE,
    /** It is about another image. */
    SUBJECT,
    /** It is no provenance. */
    TYPE,
    /** It says other things than the image. */
    AGREES
  }
}
