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
          new MovingLabel("quay.expires-after", "by it Quay deletes the image"),
          new MovingLabel(
              "com.jfrog.artifactory.retention.", "by it Artifactory deletes other images or this"),
          new MovingLabel("io.containers.autoupdate", "by it Podman runs another image"),
          new MovingLabel("com.centurylinklabs.watchtower", "by it Watchtower runs another image"),
          new MovingLabel("com.ouroboros.", "by it Ouroboros runs another image"),
          new MovingLabel("wud.", "by it What's Up Docker runs another image"),
          new MovingLabel("keel.sh/", "by it Keel runs another image"),
          new MovingLabel("shepherd.", "by it Shepherd runs another image"),
          new MovingLabel("org.hotio.pullio.", "by it Pullio runs another image"),
          new MovingLabel("mag37.dockcheck.", "by it dockcheck runs another image"),
          new MovingLabel("argocd-image-updater.argoproj.io/", "by it Argo CD runs another image"),
          new MovingLabel("fluxcd.io/automated", "by it Flux runs another image"));

  /** The one that a key is; empty where it is none. */
  public static Optional<MovingLabel> of(String key) {
    String small = key.toLowerCase(Locale.ROOT);
    return ALL.stream().filter(moving -> small.startsWith(moving.begin())).findFirst();
  }
}
