package io.github.goldenmaven.verify.subject;

import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.provenance.Role;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.layers.ServiceContents;
import io.github.goldenmaven.verify.provenance.ProvenanceFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One platform of an image, with all that was found out about it: what rules look at.
 *
 * @param provenance what is wrong with what is signed about it
 * @param newer newer goldens of the line of the one it stands on; asked only where the policy wants
 * @param targetOrNull where it is to be promoted to, where it is
 * @param release whether it is checked for a release, or to be promoted
 */
public record Subject(
    ResolvedImage image,
    PlatformImage platform,
    BaseMatch ground,
    ServiceContents upper,
    List<ProvenanceFault> provenance,
    GoldenPolicy policy,
    Instant now,
    NewerGoldens newer,
    @Nullable ImageReference targetOrNull,
    boolean release) {

  private static final List<Label> BASE =
      List.of(
          Label.BASE_NAME,
          Label.BASE_DIGEST,
          Label.BASE_MANIFEST,
          Label.BASE_CHAIN,
          Label.BASE_LAYERS);

  /** Tells how many newer goldens of its line there are. */
  public interface NewerGoldens {
    public int than(GoldenBase golden);
  }

  /** The same, once it is known what it stands on. */
  public Subject on(BaseMatch ground, ServiceContents upper) {
    return new Subject(
        image, platform, ground, upper, provenance, policy, now, newer, targetOrNull, release);
  }

  public ImageReference reference() {
    return image.reference();
  }

  /** The image and its platform, for a finding's place. */
  public String where() {
    return image.isIndex() ? reference() + ", " + platform.platform() : reference().toString();
  }

  /** Refuses this platform with the rule's own remedy. */
  public Finding refuse(RuleInfo rule, String expected, String found) {
    return Finding.refuse(rule, expected, found, where());
  }

  /**
   * Refuses something of this platform.
   *
   * @param place what of it, such as {@code label org.opencontainers.image.source}
   */
  public Finding refuse(RuleInfo rule, String expected, String found, String place) {
    return Finding.refuse(rule, expected, found, where() + ", " + place);
  }

  /** The golden whose layers it really has at its bottom. */
  public Optional<GoldenBase> golden() {
    return ground.actual();
  }

  public ImageConfig config() {
    return platform.config();
  }

  public Map<String, String> labels() {
    return config().labels();
  }

  /** Of its manifest, its index and its entry there. */
  public List<Map<String, String>> annotations() {
    List<Map<String, String>> annotations = new ArrayList<>();
    annotations.add(platform.manifest().annotations());
    if (image.isIndex()) {
      ImageIndex index = new ImageIndex(image.top());
      annotations.add(index.annotations());
      index.manifests().stream()
          .filter(entry -> entry.digest().equals(platform.manifest().raw().digest()))
          .forEach(entry -> annotations.add(entry.annotations()));
    }
    return annotations;
  }

  /** Whether it is one of the goldens themselves: by its label, and by where it is. */
  public boolean isGolden() {
    return saysGolden() && inGoldenRepository();
  }

  public boolean saysGolden() {
    return Label.ROLE.in(labels()).filter(Role.GOLDEN.value()::equals).isPresent();
  }

  /** Whether it has a label of a role, or one that speaks of a base. */
  public boolean claims() {
    return Label.ROLE.in(labels()).isPresent()
        || BASE.stream().anyMatch(label -> label.in(labels()).isPresent());
  }

  private boolean inGoldenRepository() {
    return policy.allowsGolden(reference());
  }
}
