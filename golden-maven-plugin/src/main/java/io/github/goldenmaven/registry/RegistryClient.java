package io.github.goldenmaven.registry;

import io.github.goldenmaven.oci.RegistryReference;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Connections, tokens and what was learnt of each registry, shared by all stores it opens. */
final class RegistryClient {

  private final RegistryAccess access;
  private final Waiting waiting;
  private final Admissions admissions;
  private final HttpWire wire;
  private final ConcurrentMap<String, RegistryHost> hosts = new ConcurrentHashMap<>();

  RegistryClient(RegistryAccess access) {
    this(access, Waiting.real());
  }

  RegistryClient(RegistryAccess access, Waiting waiting) {
    this(access, waiting, new Admissions());
  }

  RegistryClient(RegistryAccess access, Waiting waiting, Admissions admissions) {
    this.admissions = admissions;
    this.access = access;
    this.waiting = waiting;
    this.wire = new HttpWire(access);
  }

  /** The store of a reference's repository. */
  RegistryStore store(RegistryReference reference) {
    return new RegistryStore(
        host(reference.host()),
        reference.name(),
        reference.repository(),
        access.timeouts(),
        waiting);
  }

  /** The repositories that a registry lists. */
  List<String> repositories(String host) {
    return RepositoryList.read(host(host));
  }

  private RegistryHost host(String name) {
    return hosts.computeIfAbsent(
        name, host -> new RegistryHost(host, wire, access, waiting, admissions.of(host)));
  }
}
