package io.github.goldenmaven.bake.certificates;

import io.github.goldenmaven.bake.certificates.CompanyCertificates.Authority;
import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.Additions.Tier;
import io.github.goldenmaven.bake.jvm.JvmHome;
import io.github.goldenmaven.contents.ImageFiles;
import io.github.goldenmaven.contents.ImageFiles.Node;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts the company's authorities where an image's programs look: the JVM's trust store, the PEM
 * bundle, the distribution's folder of anchors, and OpenSSL's folder. What the image trusts already
 * stays trusted.
 */
public final class TrustStores {

  private static final String ORIGIN = "certificates";
  private static final String OWN_BUNDLE = "opt/golden/company-ca.pem";
  private static final int FILE_MODE = 0644;

  /** Bundles that programs read, on whichever distribution they are. */
  private static final List<String> BUNDLES =
      List.of(
          "etc/ssl/certs/ca-certificates.crt",
          "etc/ssl/cert.pem",
          "etc/ssl/ca-bundle.pem",
          "etc/pki/tls/certs/ca-bundle.crt",
          "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "var/lib/ca-certificates/ca-bundle.pem");

  private final CompanyCertificates certificates;

  public TrustStores(CompanyCertificates certificates) {
    this.certificates = certificates;
  }

  public void addTo(Additions additions, List<JvmHome> jvms) {
    if (certificates.authorities().isEmpty()) {
      return;
    }
    Set<String> written = new HashSet<>();
    // Of JVMs that share a store the oldest has to read it.
    jvms.stream()
        .sorted(Comparator.comparing(JvmHome::feature))
        .forEach(home -> addToJvm(additions, home, written));
    Distribution distribution = Distribution.of(additions.official());
    addToBundles(additions, distribution, written);
    distribution
        .anchors()
        .ifPresentOrElse(
            folder -> addAnchors(additions, folder, distribution),
            () ->
                additions.warn(
                    "The distribution of the official image is not known, so its folder for"
                        + " certificates is not either.",
                    "Check that its programs read one of its bundles, or '/" + OWN_BUNDLE + "'."));
    put(additions, OWN_BUNDLE, bundle(new StringBuilder(), Set.of()));
  }

  private void addToJvm(Additions additions, JvmHome jvm, Set<String> written) {
    ImageFiles files = additions.withAdded();
    String folder = jvm.security(files);
    List<String> stores = new ArrayList<>(List.of(folder + "/cacerts"));
    if (files.find(folder + "/jssecacerts").isPresent()) {
      // The JVM prefers it where it is there.
      stores.add(folder + "/jssecacerts");
    }
    // Red Hat's JVMs follow a link there, and other programs read it too.
    stores.add("etc/pki/ca-trust/extracted/java/cacerts");
    for (String store : stores) {
      Optional<byte[]> there = files.content(store);
      boolean wanted = there.isPresent() || store.equals(folder + "/cacerts");
      if (wanted && written.add(files.resolve(store))) {
        byte[] edited = trustStore(store, there, TrustStoreFile.Form.of(jvm.feature()));
        additions.edited(Tier.CERTIFICATES, store, edited, FILE_MODE, ORIGIN);
      }
    }
  }

  private byte[] trustStore(String path, Optional<byte[]> there, TrustStoreFile.Form form) {
    SortedMap<String, Certificate> all =
        there.map(bytes -> TrustStoreFile.read("/" + path, bytes)).orElseGet(TreeMap::new);
    for (Authority authority : certificates.authorities()) {
      if (!all.containsValue(authority.certificate())) {
        all.put(freeAlias(authority, all), authority.certificate());
      }
    }
    return TrustStoreFile.write(all, form);
  }

  /** Somebody's certificate of our name stays trusted under it. */
  private static String freeAlias(Authority authority, SortedMap<String, Certificate> all) {
    String alias = authority.name();
    for (int number = 2; all.containsKey(alias); number++) {
      alias = authority.name() + "-" + number;
    }
    return alias;
  }

  private void addToBundles(Additions additions, Distribution distribution, Set<String> written) {
    ImageFiles files = additions.official();
    Set<String> bundles = new LinkedHashSet<>(BUNDLES);
    distribution.bundle().ifPresent(bundles::add);
    for (String path : bundles) {
      Optional<byte[]> there = files.content(path);
      boolean wanted = there.isPresent() || distribution.bundle().filter(path::equals).isPresent();
      if (wanted && written.add(files.resolve(path))) {
        String text = there.map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1)).orElse("");
        StringBuilder bundle = new StringBuilder(text);
        if (!text.isEmpty() && !text.endsWith("\n")) {
          bundle.append('\n');
        }
        put(additions, path, bundle(bundle, fingerprintsIn(text)));
      }
    }
  }

  /** Which of the company's authorities a bundle has already, compared without line ends. */
  private Set<String> fingerprintsIn(String bundle) {
    String folded = withoutLineEnds(bundle);
    Set<String> there = new HashSet<>();
    for (Authority authority : certificates.authorities()) {
      if (folded.contains(withoutLineEnds(authority.pem()))) {
        there.add(authority.fingerprint());
      }
    }
    return there;
  }

  private static String withoutLineEnds(String pem) {
    return pem.replace("\n", "").replace("\r", "");
  }

  private byte[] bundle(StringBuilder bundle, Set<String> without) {
    for (Authority authority : certificates.authorities()) {
      if (!without.contains(authority.fingerprint())) {
        bundle.append(authority.pem());
      }
    }
    return bundle.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void addAnchors(Additions additions, String folder, Distribution distribution) {
    ImageFiles files = additions.official();
    String hashes = distribution.hashes();
    boolean isHashed = files.find(hashes).isPresent();
    Set<String> taken = new HashSet<>(isHashed ? files.names(hashes) : List.of());
    for (Authority authority : certificates.authorities()) {
      String anchor = folder + "/" + authority.name() + distribution.suffix();
      put(additions, anchor, authority.pem().getBytes(StandardCharsets.US_ASCII));
      if (isHashed) {
        String name = authority.name() + ".pem";
        link(additions, hashes + "/" + name, "/" + anchor);
        freeName(files, hashes, authority, taken)
            .ifPresent(hash -> link(additions, hashes + "/" + hash, name));
      }
    }
  }

  /**
   * OpenSSL looks for {@code HASH.0}, {@code HASH.1} and so on, up to the first that lacks; empty
   * where one of them is this authority's already.
   */
  private static Optional<String> freeName(
      ImageFiles files, String hashes, Authority authority, Set<String> taken) {
    String hash = SubjectHash.of(authority.certificate());
    for (int number = 0; ; number++) {
      String name = hash + "." + number;
      if (taken.add(name)) {
        return Optional.of(name);
      }
      String target = files.lookup(hashes + "/" + name).map(Node::link).orElse("");
      if (target.equals(authority.name() + ".pem")) {
        return Optional.empty();
      }
    }
  }

  private static void link(Additions additions, String path, String target) {
    additions.link(Tier.CERTIFICATES, path, target, Owner.ROOT, ORIGIN);
  }

  /** Mode and owner stay what the official image gave the file. */
  private static void put(Additions additions, String path, byte[] bytes) {
    Optional<Node> there = additions.official().find(path);
    additions.file(
        Tier.CERTIFICATES,
        path,
        bytes,
        there.map(Node::mode).orElse(FILE_MODE),
        there.map(Node::owner).orElse(Owner.ROOT),
        ORIGIN);
  }
}
