package io.github.goldenmaven.verify.layers;

import java.util.regex.Pattern;

/**
 * What may be on a service's files. By {@code user.*} names some storage drivers change or hide
 * files, and the next one will have a name of its own: so a name of one word is harmless, and one
 * with a namespace only in those that desktops and vendors use. What storage drivers of today obey,
 * no layer may have at all: {@link io.github.goldenmaven.oci.layer.LayerReader} refuses it.
 */
final class ExtendedAttribute {

  private static final Pattern HARMLESS =
      Pattern.compile(
          "security\\.(selinux|ima|evm)"
              + "|com\\.apple\\..+"
              + "|user\\.[A-Za-z0-9_-]+"
              + "|user\\.(xdg|checksum|baloo|com|org)\\.[A-Za-z0-9._#-]+");

  private ExtendedAttribute() {}

  /** Whether nobody obeys one of this name. */
  static boolean isHarmless(String name) {
    return HARMLESS.matcher(name).matches();
  }
}
