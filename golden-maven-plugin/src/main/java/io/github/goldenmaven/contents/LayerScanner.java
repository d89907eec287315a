package io.github.goldenmaven.contents;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.provenance.ClassVersion;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.jar.JarFacts;
import io.github.goldenmaven.provenance.jar.JarReader;
import io.github.goldenmaven.registry.ImageStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads layers, each once: what it holds is kept by its digest. Safe for use by several threads.
 */
public final class LayerScanner {

  public static final String PROTECT = "opt/golden/protect.json";

  /** So many names are held in memory at once; a JRE on Debian has some 10 000. */
  private static final LayerReader.Limits LIMITS =
      new LayerReader.Limits(
          300_000, LayerReader.Limits.DEFAULT.maxBytes(), LayerReader.Limits.DEFAULT.maxRatio());

  /** Characters of the names of a layer, links and attributes counted: 200 000 files' deep down. */
  private static final long MAX_NAMES = 16L << 20;

  private static final String REMEDY =
      "Have the image built and pushed again by the tool that built it, of fewer files.";

  private final ScanCache cache;
  private final Console console;
  private final Map<Digest, Object> locks = new ConcurrentHashMap<>();
  private final Map<Asked, RefusedException> refusals = new ConcurrentHashMap<>();

  /**
   * A layer that was refused for what it holds, in a store and as it is described: it is not
   * unpacked again. What a transfer broke may be whole the next time.
   */
  private record Asked(String store, Digest layer, long size) {}

  public LayerScanner(ScanCache cache, Console console) {
    this.cache = cache;
    this.console = console;
  }

  /**
   * What a layer holds.
   *
   * @throws io.github.goldenmaven.GoldenException when it cannot be read, or is beyond the limits
   */
  public ScannedLayer scan(ImageStore store, Descriptor layer) {
    synchronized (locks.computeIfAbsent(layer.digest(), digest -> new Object())) {
      Optional<ScannedLayer> known = cache.find(layer.digest());
      if (known.isPresent()) {
        return described(known.orElseThrow(), layer);
      }
      Asked asked = new Asked(store.name(), layer.digest(), layer.size());
      RefusedException refusal = refusals.get(asked);
      if (refusal != null) {
        throw refusal;
      }
      Transfer transfer =
          new Transfer(store.open(layer, console.reading("layer", layer.digest(), layer.size())));
      try {
        ScannedLayer scanned = read(transfer, layer);
        cache.keep(scanned);
        return scanned;
      } catch (RefusedException e) {
        if (!transfer.broken) {
          refusals.put(asked, e);
        }
        throw e;
      }
    }
  }

  /** One that is known is not read again, so what is said of it is held to what was read. */
  private static ScannedLayer described(ScannedLayer known, Descriptor layer) {
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

  private ScannedLayer read(InputStream stored, Descriptor layer) {
    Gathered gathered = new Gathered();
    try (LayerReader reader =
            LayerReader.open(
                "The layer '" + layer.digest() + "'", layer.mediaType(), stored, LIMITS);
        JarReader jarReader = new JarReader()) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        gathered.add(next.orElseThrow(), reader.content(), jarReader);
        if (gathered.names > MAX_NAMES) {
          throw new RefusedException(
              "The layer '"
                  + layer.digest()
                  + "' has names of more than "
                  + MAX_NAMES
                  + " characters.",
              REMEDY);
        }
      }
      return gathered.in(layer, reader.diffId());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was read of a layer so far. */
  private static final class Gathered {
    private final List<ScannedEntry> entries = new ArrayList<>();
    private final KeptContent kept = new KeptContent();
    private final ClassVersions.Gathered classes = new ClassVersions.Gathered();
    private final Map<String, JarFacts> jars = new TreeMap<>();
    private long content;
    private long names;

    void add(TarEntry entry, InputStream bytes, JarReader jarReader) throws IOException {
      ScannedEntry scanned = ScannedEntry.of(entry);
      entries.add(scanned);
      content += entry.size();
      names += scanned.size();
      boolean isFile = entry.type() == TarEntry.Type.FILE;
      if (isFile && ClassVersion.isCounted(entry.path())) {
        ClassVersion.read(bytes.readNBytes(ClassVersion.HEADER))
            .ifPresent(version -> classes.add(entry.path(), version));
      } else if (isFile && JarReader.isJar(entry.path())) {
        jarReader.read(bytes, entry.size()).ifPresent(facts -> jars.put(entry.path(), facts));
      } else {
        kept.look(entry, bytes);
      }
    }

    ScannedLayer in(Descriptor layer, Digest diffId) {
      String text = kept.encoded();
      return new ScannedLayer(
          layer.digest(),
          layer.size(),
          content,
          diffId,
          entries,
          text.isEmpty() ? null : text,
          classes.versions(),
          jars);
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
  public Optional<String> content(ImageStore store, Descriptor layer, String path) {
    Optional<String> found = Optional.empty();
    try (LayerReader reader =
        LayerReader.open(
            "The layer '" + layer.digest() + "'",
            layer.mediaType(),
            store.open(layer, console.reading("layer", layer.digest(), layer.size())),
            LIMITS)) {
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
