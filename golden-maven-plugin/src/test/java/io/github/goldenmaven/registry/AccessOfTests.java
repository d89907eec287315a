package io.github.goldenmaven.registry;

import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.registry.credentials.CredentialSource;
import io.github.goldenmaven.registry.http.Backoff;
import io.github.goldenmaven.registry.http.ProxySettings;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.http.Timeouts;
import io.github.goldenmaven.registry.remote.RegistryClient;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ways to registries, with what a test wants otherwise, and what opens them. */
public record AccessOfTests(RegistryAccess access) {

  /** Anonymous, over HTTPS, without proxy. */
  public static final RegistryAccess ANONYMOUS =
      new RegistryAccess(
          CredentialSource.NONE,
          Set.of(),
          List.of(),
          null,
          Timeouts.DEFAULT,
          false,
          "golden-maven",
          Set.of());

  public static AccessOfTests anonymous() {
    return new AccessOfTests(ANONYMOUS);
  }

  public static RegistryClient client(RegistryAccess access) {
    return client(access, Backoff.real());
  }

  public static RegistryClient client(RegistryAccess access, Backoff waiting) {
    return new RegistryClient(access, waiting, new Admissions());
  }

  public static ImageStores stores(
      RegistryAccess access, Function<DaemonReference, ImageStore> engines) {
    return new ImageStores(access, engines, new Admissions());
  }

  public AccessOfTests withCredentials(CredentialSource other) {
    return new AccessOfTests(
        new RegistryAccess(
            other,
            access.insecureRegistries(),
            access.proxies(),
            access.caCertificates(),
            access.timeouts(),
            access.offline(),
            access.userAgent(),
            access.tokenServers()));
  }

  public AccessOfTests withInsecureRegistries(Set<String> other) {
    return new AccessOfTests(
        new RegistryAccess(
            access.credentials(),
            other,
            access.proxies(),
            access.caCertificates(),
            access.timeouts(),
            access.offline(),
            access.userAgent(),
            access.tokenServers()));
  }

  public AccessOfTests withProxies(List<ProxySettings> other) {
    return new AccessOfTests(
        new RegistryAccess(
            access.credentials(),
            access.insecureRegistries(),
            other,
            access.caCertificates(),
            access.timeouts(),
            access.offline(),
            access.userAgent(),
            access.tokenServers()));
  }

  public AccessOfTests withCaCertificates(@Nullable Path other) {
    return new AccessOfTests(
        new RegistryAccess(
            access.credentials(),
            access.insecureRegistries(),
            access.proxies(),
            other,
            access.timeouts(),
            access.offline(),
            access.userAgent(),
            access.tokenServers()));
  }

  public AccessOfTests withTimeouts(Timeouts other) {
    return new AccessOfTests(
        new RegistryAccess(
            access.credentials(),
            access.insecureRegistries(),
            access.proxies(),
            access.caCertificates(),
            other,
            access.offline(),
            access.userAgent(),
            access.tokenServers()));
  }

  public AccessOfTests withOffline(boolean other) {
    return new AccessOfTests(
        new RegistryAccess(
            access.credentials(),
            access.insecureRegistries(),
            access.proxies(),
            access.caCertificates(),
            access.timeouts(),
            other,
            access.userAgent(),
            access.tokenServers()));
  }

  public AccessOfTests withUserAgent(String other) {
    return new AccessOfTests(
        new RegistryAccess(
            access.credentials(),
            access.insecureRegistries(),
            access.proxies(),
            access.caCertificates(),
            access.timeouts(),
            access.offline(),
            other,
            access.tokenServers()));
  }

  public AccessOfTests withTokenServers(Set<String> other) {
    return new AccessOfTests(
        new RegistryAccess(
            access.credentials(),
            access.insecureRegistries(),
            access.proxies(),
            access.caCertificates(),
            access.timeouts(),
            access.offline(),
            access.userAgent(),
            other));
  }
}
