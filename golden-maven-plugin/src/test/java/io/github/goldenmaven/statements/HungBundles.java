package io.github.goldenmaven.statements;

import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.ImageStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Bundles that somebody hangs on an image, whatever is in them. */
public final class HungBundles {

  private HungBundles() {}

  public static void hang(byte[] bundle, Descriptor subject, ImageStore store) {
    Blob blob = Blob.of(bundle);
    store.put(StatementArtifact.NO_CONFIG, Progress.SILENT);
    store.put(blob, Progress.SILENT);
    store.attach(List.of(StatementArtifact.of(blob, Provenance.PREDICATE_TYPE, subject)));
  }

  /** The same with another text. */
  public static void hang(
      byte[] bundle, UnaryOperator<String> change, Descriptor subject, ImageStore store) {
    String text = change.apply(new String(bundle, StandardCharsets.UTF_8));
    hang(text.getBytes(StandardCharsets.UTF_8), subject, store);
  }
}
