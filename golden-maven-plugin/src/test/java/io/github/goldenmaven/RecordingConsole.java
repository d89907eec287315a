package io.github.goldenmaven;

import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps what a goal said, one line each. */
public class RecordingConsole implements Console {

  public final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void resolved(String what, String reference, Digest digest) {
    lines.add("resolved " + what + " " + reference + " " + digest);
  }

  @Override
  public void layered(String name, long bytes, boolean cached) {
    lines.add("layered " + name + (cached ? " from the cache" : ""));
  }

  @Override
  public void stamped(int labels) {
    lines.add("stamped " + labels);
  }

  @Override
  public void mounted(int layers, String from) {
    lines.add("mounted " + layers + " from " + from);
  }

  @Override
  public Progress transferring(String what, Digest digest, long bytes) {
    lines.add("transferring " + what);
    return Progress.SILENT;
  }

  @Override
  public Progress reading(String what, Digest digest, long bytes) {
    lines.add("reading " + what);
    return Progress.SILENT;
  }

  @Override
  public void unchanged(String reference, Digest digest) {
    lines.add("unchanged " + reference);
  }

  @Override
  public void pushed(String reference, Digest digest) {
    lines.add("pushed " + reference);
  }

  @Override
  public void wouldPush(String reference, Digest digest) {
    lines.add("would push " + reference);
  }

  @Override
  public void info(String sentence) {
    lines.add(sentence);
  }

  @Override
  public void warn(String problem, String remedy) {
    lines.add("warning: " + problem + " " + remedy);
  }
}
