package io.github.goldenmaven.registry.stores;

import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.registry.Admissions;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.http.Backoff;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.layout.LayoutStore;
import io.github.goldenmaven.registry.remote.RegistryClient;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens the store of a reference. Stores of one instance share connections, tokens and what was
 * learnt of a registry; layers can be mounted between them. Safe for use by several threads.
 */
public final class ImageStores {

  private final RegistryAccess access;
  private final Function<DaemonReference, ImageStore> engines;
  private final Admissions admissions;

  private @Nullable RegistryClient client;

  /**
   * @param engines opens a store in a Docker Engine; called for {@code docker-daemon:} only
   * @param admissions what registries gave others of this session
   */
  public ImageStores(
      RegistryAccess access, Function<DaemonReference, ImageStore> engines, Admissions admissions) {
    this.access = access;
    this.engines = engines;
    this.admissions = admissions;
  }

  /**
   * The store a reference's image lives in.
   *
   * @throws DeniedException when it is in a registry and Maven is offline
   */
  public ImageStore open(ImageReference reference) {
    if (reference instanceof LayoutReference layout) {
      return new LayoutStore(layout.path());
    }
    if (reference instanceof DaemonReference daemon) {
      return engines.apply(daemon);
    }
    RegistryReference image = (RegistryReference) reference;
    if (access.offline()) {
      throw new DeniedException(
          "'" + image + "' is in a registry, and Maven is offline.",
          "Leave '-o' out, or name images in OCI layouts, 'oci:PATH:TAG', in <base>"
              + " (-Dgolden.base) and <image> (-Dgolden.image), or in golden.yaml.");
    }
    return client().store(image);
  }

  /**
   * The repositories that a registry lists, without its host.
   *
   * @throws io.github.goldenmaven.RefusedException when it lists none, or too many
   */
  public List<String> repositories(String host) {
    if (access.offline()) {
      throw new DeniedException(
          "The registry '" + host + "' is to list its repositories, and Maven is offline.",
          "Leave '-o' out, or write references without '*' in <fleet> or -Dgolden.fleet.");
    }
    return client().repositories(host);
  }

  private synchronized RegistryClient client() {
    RegistryClient known = client;
    if (known == null) {
      known = new RegistryClient(access, Backoff.real(), admissions);
      client = known;
    }
    return known;
  }
}
