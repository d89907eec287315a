package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.registry.Admissions;
import io.github.goldenmaven.registry.http.Backoff;
import io.github.goldenmaven.registry.http.HttpTransport;
import io.github.goldenmaven.registry.http.RegistryAccess;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Connections, tokens and what was learnt of each registry, shared by all stores it opens. */
public final class RegistryClient {

  private final RegistryAccess access;
  private final Backoff waiting;
  private final Admissions admissions;
  private final HttpTransport wire;
  private final ConcurrentMap<String, RegistryHost> hosts = new ConcurrentHashMap<>();

  public RegistryClient(RegistryAccess access, Backoff waiting, Admissions admissions) {
    this.admissions = admissions;
    this.access = access;
    this.waiting = waiting;
    this.wire = new HttpTransport(access);
  }

  /** The store of a reference's repository. */
  public RegistryStore store(RegistryReference reference) {
    return new RegistryStore(
        host(reference.host()),
        reference.name(),
        reference.repository(),
        access.timeouts(),
        waiting);
  }

  /** The repositories that a registry lists. */
  public List<String> repositories(String host) {
    return RepositoryList.read(host(host));
  }

  private RegistryHost host(String name) {
    return hosts.computeIfAbsent(
        name, host -> new RegistryHost(host, wire, access, waiting, admissions.of(host)));
  }
}
