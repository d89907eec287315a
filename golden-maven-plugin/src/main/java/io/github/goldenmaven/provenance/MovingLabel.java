package io.github.goldenmaven.provenance;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keys of labels and annotations by which somebody else deletes the image that carries them, or
 * runs another in its place. A release is what was checked, for as long as it is wanted.
 *
 * @param begin of the key, in small letters
 * @param reason a clause for people
 */
public record MovingLabel(String begin, String reason) {

  /** From the manuals of the tools named. */
  public static final List<MovingLabel> ALL =
      List.of(
          new MovingLabel("quay.expires-after", "it makes Quay delete the image"),
          new MovingLabel(
              "com.jfrog.artifactory.retention.",
              "it makes Artifactory delete this or other images"),
          new MovingLabel("io.containers.autoupdate", "it makes Podman run another image"),
          new MovingLabel(
              "com.centurylinklabs.watchtower", "it makes Watchtower run another image"),
          new MovingLabel("com.ouroboros.", "it makes Ouroboros run another image"),
          new MovingLabel("wud.", "it makes What's Up Docker run another image"),
          new MovingLabel("keel.sh/", "it makes Keel run another image"),
          new MovingLabel("shepherd.", "it makes Shepherd run another image"),
          new MovingLabel("org.hotio.pullio.", "it makes Pullio run another image"),
          new MovingLabel("mag37.dockcheck.", "it makes dockcheck run another image"),
          new MovingLabel(
              "argocd-image-updater.argoproj.io/", "it makes Argo CD run another image"),
          new MovingLabel("fluxcd.io/automated", "it makes Flux run another image"));

  /** The one that a key is; empty where it is none. */
  public static Optional<MovingLabel> of(String key) {
    String small = key.toLowerCase(Locale.ROOT);
    return ALL.stream().filter(moving -> small.startsWith(moving.begin())).findFirst();
  }
}
