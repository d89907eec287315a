package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.SmallImage;

/** What the tests of this subject share. */
abstract class PlainWaysFixture {

  static final SmallImage IMAGE = SmallImage.named("golden");

  static final Digest SUBJECT = IMAGE.manifest().digest();

  final FakeTime time = new FakeTime();

  RegistryStore[] pair(LyingRegistry registry) {
    RegistryClient client = AccessOfTests.client(AccessOfTests.ANONYMOUS, time.waiting());
    return new RegistryStore[] {
      client.store(RegistryStoreTest.reference(registry.host() + "/apps/orders")),
      client.store(RegistryStoreTest.reference(registry.host() + "/golden/java"))
    };
  }
}
