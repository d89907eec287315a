package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.SmallImage;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of this subject share. */
abstract class BlobTransferFixture {

  static final Blob LARGE = large(3_000_000);

  static final Descriptor DESCRIPTOR = SmallImage.descriptor(MediaTypes.OCI_LAYER, LARGE);

  @TempDir Path storage;

  final FakeTime time = new FakeTime();

  final AtomicLong progress = new AtomicLong();

  static Blob large(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return Blob.of(bytes);
  }

  RegistryStore store(String host) {
    return AccessOfTests.client(AccessOfTests.ANONYMOUS, time.waiting())
        .store(RegistryStoreTest.reference(host + "/apps/orders"));
  }
}
