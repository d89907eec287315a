package io.github.goldenmaven.console;

import io.github.goldenmaven.oci.Digest;

/** What a goal tells people while it works, in the words of the field. */
public interface Console {

  /** A reference was resolved to a digest. */
  void resolved(String what, String reference, Digest digest);

  /** A layer of the service is ready; {@code cached} when nothing had to be compressed. */
  void layered(String name, long bytes, boolean cached);

  /** Labels were put on the image. */
  void stamped(int labels);

  /** The base's layers came into the target repository without moving a byte. */
  void mounted(int layers, String from);

  /** A blob begins to move; the returned progress is told of its bytes. */
  Progress transferring(String what, Digest digest, long bytes);

  /** A layer begins to be read; the returned progress is told of its bytes. */
  Progress reading(String what, Digest digest, long bytes);

  /** The tag already points to this digest. */
  void unchanged(String reference, Digest digest);

  /** The tag points to this digest now, and was read back. */
  void pushed(String reference, Digest digest);

  /** {@code dryRun}: what would have been pushed. */
  void wouldPush(String reference, Digest digest);

  /** Something the user should know that stops nothing. */
  void info(String sentence);

  /** Something the user should fix, and how. */
  void warn(String problem, String remedy);
}
