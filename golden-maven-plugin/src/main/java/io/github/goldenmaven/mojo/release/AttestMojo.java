package io.github.goldenmaven.mojo.release;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.Cache;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.mojo.AbstractGoldenMojo;
import io.github.goldenmaven.mojo.SigningParameters;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.stores.ImageStores;
import io.github.goldenmaven.signing.KeyReference;
import io.github.goldenmaven.statements.ProvenanceCheck;
import io.github.goldenmaven.statements.ProvenanceSigner;
import io.github.goldenmaven.statements.StatedImage;
import io.github.goldenmaven.statements.Statement;
import java.io.File;
import java.time.Clock;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Signs the provenance that a build left, and hangs it on the image and each of its platforms: for
 * a job that alone has the key and builds nothing itself. Signs nothing that the image does not say
 * itself by its labels and digests. Running it again changes nothing. Needs no project.
 */
@Mojo(name = "attest", requiresProject = false, threadSafe = true)
public final class AttestMojo extends AbstractGoldenMojo {

  /**
   * The image, by its digest: in a registry or an OCI layout folder (<code>oci:PATH@sha256:…</code>
   * ). Default: the one that <code>golden:build</code> or <code>golden:bake</code> left here last,
   * also where this names its tag. Example: <code>registry.company.example/apps/orders@sha256:…
   * </code>.
   */
  @Parameter(property = "golden.image")
  private @Nullable String image;

  /**
   * The statement that the build left. Default: <code>provenance.json</code> in the output
   * directory.
   */
  @Parameter(property = "golden.statement")
  private @Nullable File statement;

  /**
   * The key that signs: a PEM file with a private key (PKCS#8), <code>env:NAME</code> for an
   * environment variable that holds one, or <code>pkcs11:CONFIG-FILE#ALIAS</code> for a key in a
   * token. Example: <code>env:SIGNING_KEY</code>.
   */
  @Parameter(property = "golden.key")
  private @Nullable String key;

  /**
   * Where the key's password or the token's PIN is: <code>env:NAME</code> or a file. A password
   * itself is refused. Example: <code>env:SIGNING_KEY_PASSWORD</code>.
   */
  @Parameter(property = "golden.keyPassword")
  private @Nullable String keyPassword;

  /**
   * Whom the statement must name as its builder; another one is refused. Default: anybody. Example:
   * <code>https://ci.company.example/golden</code>.
   */
  @Parameter(property = "golden.builder")
  private @Nullable String builder;

  /** Checks the statement and the key, and signs nothing. */
  @Parameter(property = "golden.dryRun", defaultValue = "false")
  private boolean dryRun;

  @Override
  protected void run(Console console) {
    ProvenanceSigner.Settings settings =
        SigningParameters.settings(
            key,
            keyPassword,
            builder,
            startFolder(),
            version,
            session.getSystemProperties(),
            System.getenv());
    if (settings.key().isEmpty()) {
      throw new RefusedException("There is no key to sign with.", KeyReference.REMEDY);
    }
    Statement said =
        Statement.read(
            statement == null
                ? outputDirectory.toPath().resolve("provenance.json")
                : statement.toPath());
    ImageStores stores = stores();
    ImageReference reference = here(reference(stores));
    try (ProvenanceSigner signer =
            ProvenanceSigner.open(settings, reference, Clock.systemUTC(), console);
        ImageStore store = stores.open(reference)) {
      StatedImage stated = stated(store, reference);
      ProvenanceCheck.requireDescribes(said, stated, settings.builder());
      if (pushesNothing(dryRun, console)) {
        console.info("The statement describes the image; a dry run signs nothing");
      } else {
        signer.sign(List.of(said), stated, store, console);
      }
    }
  }

  /** By its digest: a tag, which a POM may name, may have moved since the build. */
  private ImageReference reference(ImageStores stores) {
    ImageReference named = subject(stores, image == null ? null : List.of(image));
    if (named.digest().isPresent()) {
      return named;
    }
    if (results().read("image.json").isPresent()) {
      ImageReference built = subject(stores, null);
      if (built.name().equals(named.name()) && built.tag().equals(named.tag())) {
        return built;
      }
    }
    throw new RefusedException(
        "'" + named + "' names no digest, and a tag may have moved since the build.",
        "Name the digest that the build printed, in <image> or with -Dgolden.image, like"
            + " 'registry.company.example/apps/orders@sha256:…'.");
  }

  private ImageReference subject(ImageStores stores, @Nullable List<@Nullable String> named) {
    return new SubjectImages(results(), List.of(), named, null, stores).references().get(0);
  }

  private StatedImage stated(ImageStore store, ImageReference reference) {
    return new ImageResolver(store, new Cache(cacheFolder()).documents())
        .resolveThere(reference)
        .map(StatedImage::proven)
        .orElseThrow(
            () ->
                new UnavailableException(
                    "'" + reference + "' is not there.",
                    "Push the image first, or name another in <image> or with -Dgolden.image."));
  }
}
