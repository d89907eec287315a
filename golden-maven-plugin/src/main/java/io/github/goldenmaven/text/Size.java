package io.github.goldenmaven.text;

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
    if (unit == 0) {
      return bytes + " B";
    }
    long tenths = Math.round(shown * 10);
    return tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
  }
}
