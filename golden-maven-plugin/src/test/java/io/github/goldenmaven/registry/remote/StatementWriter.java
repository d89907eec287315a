package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.SmallImage;
import java.io.IOException;
import java.util.List;

/** A process that attaches one statement, when its input says so. */
final class StatementWriter {

  private StatementWriter() {}

  /** {@code HOST/REPOSITORY sha256:DIGEST NAME}. */
  public static void main(String[] arguments) throws IOException {
    RegistryStore store =
        AccessOfTests.client(AccessOfTests.ANONYMOUS)
            .store(RegistryStoreTest.reference(arguments[0]));
    RawManifest image = store.manifest(Digest.parse(arguments[1])).orElseThrow();
    SmallImage statement = SmallImage.statement(arguments[2], image).putBlobs(store);
    System.out.println("ready");
    System.in.read();
    store.attach(List.of(statement.manifest()));
    store.close();
    System.out.println(statement.manifest().digest());
  }
}
