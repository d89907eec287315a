package io.github.goldenmaven.text;

import java.util.Locale;

/** A number of bytes as people read it, in decimal units: {@code 18.2 MB}. */
public record Size(long bytes) {

  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};

  @Override
  public String toString() {
    double shown = bytes;
    int unit = 0;
    while (shown >= 999.95 && unit < UNITS.length - 1) {
      shown /= 1000;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", shown, UNITS[unit]);
  }
}
