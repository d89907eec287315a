package io.github.goldenmaven.registry;

import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A store in memory that notes every call and can lose what it was given. */
public class MemoryStore implements ImageStore {

  public final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
  public final Map<Digest, RawManifest> manifests = new ConcurrentHashMap<>();
  public final Map<String, Digest> tags = new ConcurrentHashMap<>();
  public final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final String name;

  public MemoryStore(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> tags() {
    calls.add("tags");
    return tags.keySet().stream().sorted().toList();
  }

  @Override
  public Optional<RawManifest> manifest(String tag) {
    calls.add("manifest " + tag);
    return Optional.ofNullable(tags.get(tag)).map(manifests::get);
  }

  @Override
  public Optional<RawManifest> manifest(Digest digest) {
    calls.add("manifest " + digest.shortHex());
    return Optional.ofNullable(manifests.get(digest));
  }

  @Override
  public byte[] blob(Descriptor descriptor) {
    calls.add("blob " + descriptor.digest().shortHex());
    return stored(descriptor);
  }

  @Override
  public InputStream open(Descriptor descriptor, Progress progress) {
    calls.add("open " + descriptor.digest().shortHex());
    return new ByteArrayInputStream(stored(descriptor));
  }

  private byte[] stored(Descriptor descriptor) {
    byte[] bytes = blobs.get(descriptor.digest());
    if (bytes == null) {
      throw new IllegalStateException(name + " lacks " + descriptor);
    }
    return bytes;
  }

  @Override
  public boolean has(Descriptor blob) {
    calls.add("has " + blob.digest().shortHex());
    return blobs.containsKey(blob.digest());
  }

  @Override
  public boolean mount(Descriptor blob, ImageSource from) {
    if (from instanceof MemoryStore memory && memory.blobs.containsKey(blob.digest())) {
      calls.add("mount " + blob.digest().shortHex());
      blobs.put(blob.digest(), memory.stored(blob));
      return true;
    }
    return false;
  }

  @Override
  public void put(Blob blob, Progress progress) {
    calls.add("put " + blob.digest().shortHex());
    try (InputStream in = blob.open()) {
      blobs.put(blob.digest(), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    progress.advanced(blob.size());
  }

  @Override
  public void put(RawManifest manifest) {
    calls.add("put manifest");
    manifests.put(manifest.digest(), manifest);
  }

  @Override
  public boolean putIfComplete(RawManifest manifest) {
    if (hasAllOf(manifest)) {
      put(manifest);
      return true;
    }
    return false;
  }

  @Override
  public boolean putIfComplete(RawManifest manifest, String tag) {
    if (hasAllOf(manifest)) {
      put(manifest, tag);
      return true;
    }
    return false;
  }

  @Override
  public void put(RawManifest manifest, String tag) {
    calls.add("put manifest as " + tag);
    manifests.put(manifest.digest(), manifest);
    tags.put(tag, manifest.digest());
  }

  private boolean hasAllOf(RawManifest manifest) {
    if (manifest.isIndex()) {
      return new ImageIndex(manifest)
          .manifests().stream().allMatch(entry -> manifests.containsKey(entry.digest()));
    }
    ImageManifest image = new ImageManifest(manifest);
    return blobs.containsKey(image.config().digest())
        && image.layers().stream().allMatch(layer -> blobs.containsKey(layer.digest()));
  }

  @Override
  public List<Descriptor> referrers(Digest subject) {
    return List.of();
  }

  @Override
  public void attach(List<RawManifest> statements) {
    statements.forEach(one -> manifests.put(one.digest(), one));
  }

  @Override
  public void close() {}
}
