package io.github.goldenmaven.bake;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.Progress;
import io.github.goldenmaven.oci.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what it is told until it is known whether that is true. */
final class HeldConsole implements Console {

  private final List<Consumer<Console>> said = new ArrayList<>();

  /** Tells another console all of it, in its order. */
  void tell(Console console) {
    said.forEach(sentence -> sentence.accept(console));
  }

  @Override
  public void resolved(String what, String reference, Digest digest) {
    said.add(console -> console.resolved(what, reference, digest));
  }

  @Override
  public void layered(String name, long bytes, boolean cached) {
    said.add(console -> console.layered(name, bytes, cached));
  }

  @Override
  public void stamped(int labels) {
    said.add(console -> console.stamped(labels));
  }

  @Override
  public void mounted(int layers, String from) {
    said.add(console -> console.mounted(layers, from));
  }

  @Override
  public Progress transferring(String what, Digest digest, long bytes) {
    return Progress.SILENT;
  }

  @Override
  public Progress reading(String what, Digest digest, long bytes) {
    return Progress.SILENT;
  }

  @Override
  public void unchanged(String reference, Digest digest) {
    said.add(console -> console.unchanged(reference, digest));
  }

  @Override
  public void pushed(String reference, Digest digest) {
    said.add(console -> console.pushed(reference, digest));
  }

  @Override
  public void wouldPush(String reference, Digest digest) {
    said.add(console -> console.wouldPush(reference, digest));
  }

  @Override
  public void info(String sentence) {
    said.add(console -> console.info(sentence));
  }

  @Override
  public void warn(String problem, String remedy) {
    said.add(console -> console.warn(problem, remedy));
  }
}
