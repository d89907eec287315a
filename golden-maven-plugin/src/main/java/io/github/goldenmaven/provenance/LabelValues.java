package io.github.goldenmaven.provenance;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.provenance.git.SourceAddress;
import io.github.goldenmaven.provenance.git.Warning;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Labels being gathered, each value checked; the faults are kept and refused all together. */
final class LabelValues {

  private static final Pattern PRINTABLE_ASCII = Pattern.compile("[ -~]*");
  private static final Pattern KEY = Pattern.compile("[!-~]{1,256}");
  private static final int MAX_OWN_BYTES = 4096;

  /** Keys that differ in case only are one key to some readers, so they are one here. */
  private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private final Map<String, String> faults = new LinkedHashMap<>();
  private final Set<String> remedies = new LinkedHashSet<>();
  private final List<Warning> warnings = new ArrayList<>();

  /**
   * Takes over the base's labels that do not speak of the base. One that would forge a line where
   * it is shown stays behind: whoever builds on an image cannot fix its labels.
   */
  void carry(Map<String, String> base) {
    new TreeMap<>(base)
        .forEach(
            (key, value) -> {
              if (Label.speaksOfOneImage(key)) {
                return;
              }
              if (FreeText.isOneSafeLine(key) && FreeText.isOneSafeLine(value)) {
                values.put(key, value);
              } else {
                warnings.add(leftOut(key, value));
              }
            });
  }

  private static Warning leftOut(String key, String value) {
    return new Warning(
        "The label '"
            + Printable.of(key)
            + "' of the image below was left out: '"
            + Printable.of(value)
            + "' or its key has a control, line or direction character.",
        "Nothing needs it here; ask the publisher of that image to fix it.");
  }

  void warn(Warning warning) {
    warnings.add(warning);
  }

  /** What was left out, and what else the user should know. */
  List<Warning> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Adds the user's labels.
   *
   * @param place where they are written
   */
  void putOwn(Map<String, @Nullable String> own, String place) {
    Set<String> seen = new LinkedHashSet<>();
    own.forEach(
        (key, valueOrNull) -> {
          String value = valueOrNull == null ? "" : valueOrNull;
          String fault = faultOfOwn(key, value, seen);
          if (fault == null) {
            // Removed first: a map without regard to case would keep the base's spelling.
            values.remove(key);
            values.put(key, value);
          } else {
            refuse(key, fault, "Fix or remove it in " + place + ".");
          }
        });
  }

  private static @Nullable String faultOfOwn(String key, String value, Set<String> seen) {
    if (!KEY.matcher(key).matches()) {
      return "the key is not printable ASCII without blanks, of 1 to 256 bytes";
    }
    if (Label.isReserved(key)) {
      return "the key is stamped by this plugin";
    }
    if (!seen.add(key.toLowerCase(Locale.ROOT))) {
      return "another key differs from it in case only";
    }
    if (!FreeText.isOneSafeLine(value)) {
      return "'" + Printable.of(value) + "' has a control, line or direction character";
    }
    return faultOfLength(value, MAX_OWN_BYTES);
  }

  /** Takes over what the golden says of itself and of the official image. */
  void inherit(Map<String, String> base) {
    for (Label label : Label.values()) {
      if (label.inherited()) {
        label
            .in(base)
            .ifPresent(value -> put(label, value, "Have the golden image of <base> baked again."));
      }
    }
  }

  void put(Label label, Optional<String> value) {
    value.ifPresent(present -> put(label, present));
  }

  void put(Label label, String value) {
    put(
        label,
        value,
        "Write printable ASCII of at most "
            + label.form().maxBytes()
            + " bytes into "
            + label.place()
            + ".");
  }

  /**
   * Puts an address without its credentials.
   *
   * @param element where it stands in the POM
   * @return false where there is no address to put
   */
  boolean putAddress(Label label, String element, @Nullable String address) {
    if (address == null || address.isBlank()) {
      return false;
    }
    if (address.contains("${")) {
      refuse(
          label.key(),
          "'" + Printable.of(address) + "' has a property that is not set",
          "Set the property, or write the address into " + element + ".");
      return true;
    }
    SourceAddress.withoutCredentials(address)
        .ifPresentOrElse(
            clean -> put(label, clean),
            // The value is not shown: what stands before an '@' may be a password.
            () ->
                refuse(
                    label.key(),
                    "the value has an '@' that may end a password",
                    "Write the address without credentials into " + element + "."));
    return true;
  }

  private void put(Label label, String value, String remedy) {
    String text = value;
    if (label.form() == Label.Form.FREE_TEXT) {
      text = FreeText.fold(value, label.form().maxBytes());
    } else if (!PRINTABLE_ASCII.matcher(text).matches()) {
      refuse(
          label.key(),
          "'" + Printable.of(value) + "' has a character that is not printable ASCII",
          remedy);
      return;
    }
    String fault = faultOfLength(text, label.form().maxBytes());
    if (fault != null) {
      refuse(label.key(), fault, remedy);
    } else if (!text.isBlank()) {
      String stamped = text;
      label
          .fault(text)
          .ifPresentOrElse(
              why -> refuse(label.key(), "'" + Printable.of(stamped) + "' " + why, remedy),
              () -> values.put(label.key(), stamped));
    }
  }

  private static @Nullable String faultOfLength(String value, int maxBytes) {
    int bytes = FreeText.utf8Length(value);
    return bytes <= maxBytes
        ? null
        : "'" + Printable.of(value) + "' has " + bytes + " bytes, more than " + maxBytes;
  }

  private void refuse(String key, String fault, String remedy) {
    faults.put(Printable.of(key), fault);
    remedies.add(remedy);
  }

  /**
   * All labels.
   *
   * @throws RefusedException naming every label that was refused
   */
  Map<String, String> accepted() {
    if (faults.isEmpty()) {
      return values;
    }
    List<String> told = new ArrayList<>();
    faults.forEach((key, fault) -> told.add("'" + key + "' (" + fault + ")"));
    throw new RefusedException(
        (told.size() == 1
                ? "A label cannot be stamped: "
                : told.size() + " labels cannot be stamped: ")
            + String.join(", ", told)
            + ".",
        String.join(" ", remedies));
  }
}
