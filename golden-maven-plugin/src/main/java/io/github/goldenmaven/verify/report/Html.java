package io.github.goldenmaven.verify.report;

/** A page line by line; what is foreign is escaped on the way in. */
final class Html {

  private final StringBuilder text = new StringBuilder();

  /** Markup of ours. */
  Html line(String markup) {
    text.append(markup).append('\n');
    return this;
  }

  /** A term and what it is, in a {@code <dl>}. */
  void term(String name, String foreign) {
    line("<dt>" + name + "</dt><dd>" + Markup.of(foreign) + "</dd>");
  }

  static String badge(String word) {
    return "<span class=\"badge " + word + "\">" + word + "</span>";
  }

  static String code(String foreign) {
    return "<code>" + Markup.of(foreign) + "</code>";
  }

  /** {@code 1 image}, {@code 2 images}. */
  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
