package io.github.goldenmaven.registry;

/** The kinds of stores, by what they can do. */
public enum StoreKind {
  /** Another machine: each question is a request. */
  REGISTRY(true, false),

  /**
   * A folder on this machine: what is there is looked at, bytes and all, and neither remembered nor
   * believed.
   */
  LAYOUT(true, true),

  /** It keeps no manifests: ask {@link ImageStore#holds} after those of an index were put. */
  DOCKER_ENGINE(false, false);

  private final boolean keepsManifests;
  private final boolean local;

  StoreKind(boolean keepsManifests, boolean local) {
    this.keepsManifests = keepsManifests;
    this.local = local;
  }

  /** Whether manifests are kept byte for byte. */
  public boolean keepsManifests() {
    return keepsManifests;
  }

  /** Whether asking costs no request. */
  public boolean isLocal() {
    return local;
  }
}
