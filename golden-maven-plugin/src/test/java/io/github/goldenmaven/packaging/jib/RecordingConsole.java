package io.github.goldenmaven.packaging.jib;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.Progress;
import io.github.goldenmaven.oci.Digest;
import java.util.ArrayList;
import java.util.List;

/** Keeps the warnings that layering gives; it says nothing else. */
final class RecordingConsole implements Console {

  final List<String> warnings = new ArrayList<>();

  @Override
  public void warn(String problem, String remedy) {
    warnings.add(problem + " " + remedy);
  }

  @Override
  public void resolved(String what, String reference, Digest digest) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void layered(String name, long bytes, boolean cached) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void stamped(int labels) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void mounted(int layers, String from) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Progress transferring(String what, Digest digest, long bytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unchanged(String reference, Digest digest) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void pushed(String reference, Digest digest) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void wouldPush(String reference, Digest digest) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void info(String sentence) {
    throw new UnsupportedOperationException();
  }
}
