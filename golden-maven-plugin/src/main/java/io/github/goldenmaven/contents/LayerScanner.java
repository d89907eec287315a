package io.github.goldenmaven.contents;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.registry.ImageSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Reads layers, each once: what it holds is kept by its digest. Safe for use by several threads.
 */
public final class LayerScanner {

  private final LayerContentsCache cache;
  private final Console console;
  private final Map<Digest, Object> locks = new ConcurrentHashMap<>();
  private final Map<Asked, RefusedException> refusals = new ConcurrentHashMap<>();

  /**
   * A layer that was refused for what it holds, in a store and as it is described: it is not
   * unpacked again. What a transfer broke may be whole the next time.
   */
  private record Asked(String store, Digest layer, long size) {}

  public LayerScanner(LayerContentsCache cache, Console console) {
    this.cache = cache;
    this.console = console;
  }

  /** What a layer holds that is nowhere yet. */
  public static LayerContents read(
      String what, LayerPurpose purpose, Descriptor layer, InputStream stored) {
    return LayerReading.read(what, purpose, layer, stored, entry -> {});
  }

  /**
   * What a layer holds.
   *
   * @throws io.github.goldenmaven.GoldenException when it cannot be read, or is beyond the limits
   */
  public LayerContents scan(ImageSource store, Descriptor layer, LayerPurpose purpose) {
    return scan(store, layer, purpose, entry -> {});
  }

  /**
   * The same, while something counts.
   *
   * @param spent told of each entry, and ends the reading where it throws
   */
  public LayerContents scan(
      ImageSource store, Descriptor layer, LayerPurpose purpose, Consumer<ContentEntry> spent) {
    synchronized (locks.computeIfAbsent(layer.digest(), digest -> new Object())) {
      Optional<LayerContents> known =
          cache
              .find(layer.digest())
              .filter(found -> found.factsOrNull() != null || !purpose.facts());
      if (known.isPresent()) {
        LayerContents contents = described(known.orElseThrow(), layer);
        contents.entries().forEach(spent);
        return contents;
      }
      Asked asked = new Asked(store.name(), layer.digest(), layer.size());
      RefusedException refusal = refusals.get(asked);
      if (refusal != null) {
        throw refusal;
      }
      Transfer transfer = new Transfer(open(store, layer, purpose));
      try {
        LayerContents contents =
            LayerReading.read(purpose.what(layer.digest()), purpose, layer, transfer, spent);
        cache.keep(contents);
        return contents;
      } catch (RefusedException e) {
        if (!transfer.broken) {
          refusals.put(asked, e);
        }
        throw e;
      }
    }
  }

  private InputStream open(ImageSource store, Descriptor layer, LayerPurpose purpose) {
    return store.open(layer, console.reading(purpose.shown(), layer.digest(), layer.size()));
  }

  /**
   * One that is known is not read again, so what is said of it is checked against what was read.
   */
  private static LayerContents described(LayerContents known, Descriptor layer) {
    if (known.size() != layer.size()) {
      throw new RefusedException(
          "The layer '"
              + layer.digest()
              + "' has "
              + known.size()
              + " bytes, and the manifest says "
              + layer.size()
              + ".",
          "Have the image pushed again by the tool that built it.");
    }
    return known;
  }

  /** What comes of a store, and whether it came whole. */
  private static final class Transfer extends FilterInputStream {

    private boolean broken;

    Transfer(InputStream stored) {
      super(stored);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      boolean whole = false;
      try {
        int read = super.read(buffer, offset, length);
        whole = true;
        return read;
      } finally {
        broken |= !whole;
      }
    }
  }

  /**
   * What a small file of a layer holds, each byte a character (ISO 8859-1): the layer is read once
   * more.
   *
   * @param path as the layer has it
   * @return empty where the file is not there, or too large
   * @throws io.github.goldenmaven.GoldenException when the layer cannot be read
   */
  public Optional<String> content(ImageSource store, Descriptor layer, String path) {
    Optional<String> found = Optional.empty();
    try (LayerReader reader =
        LayerReader.open(
            "The layer '" + layer.digest() + "'",
            layer.mediaType(),
            open(store, layer, LayerPurpose.GATE),
            LayerReading.LIMITS)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        TarEntry entry = next.orElseThrow();
        if (entry.path().equals(path) && entry.type() == TarEntry.Type.FILE) {
          byte[] bytes = reader.content().readNBytes(KeptContent.MAX_FILE + 1);
          found =
              bytes.length > KeptContent.MAX_FILE
                  ? Optional.empty()
                  : Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
