package io.github.goldenmaven.registry;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How registries let us in: the tokens they gave and the logins that were found. What is checked
 * before a service is compiled need not be asked for again when its image is pushed. Connections
 * are not kept: what stands between may forget one that is idle for minutes.
 */
public final class Admissions {

  private final ConcurrentMap<String, Admission> hosts = new ConcurrentHashMap<>();

  public Admission of(String host) {
    return hosts.computeIfAbsent(host, name -> new Admission());
  }
}
