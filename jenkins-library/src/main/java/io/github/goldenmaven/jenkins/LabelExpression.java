package io.github.goldenmaven.jenkins;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code node} asks for: labels with {@code !}, {@code &&}, {@code ||}, {@code ->}, {@code
 * <->} and parentheses, the first binding closest, as Jenkins documents them.
 */
final class LabelExpression {

  private static final Pattern TOKEN =
      Pattern.compile("\\s*(<->|->|&&|\\|\\||[!()]|\"[^\"]*\"|(?:(?!->)[^\\s!()&|<>\"])+)");

  private final String text;
  private final Deque<String> tokens = new ArrayDeque<>();

  /**
   * Reads an expression; an empty one fits every agent.
   *
   * @throws IllegalArgumentException if it is none
   */
  LabelExpression(String text) {
    this.text = text;
    Matcher token = TOKEN.matcher(text.strip());
    int end = 0;
    while (end < text.strip().length() && token.find(end) && token.start() == end) {
      tokens.add(token.group(1));
      end = token.end();
    }
    if (end < text.strip().length()) {
      throw wrong();
    }
  }

  /** Whether an agent with these labels fits. Asked once. */
  boolean fits(Set<String> labels) {
    if (tokens.isEmpty()) {
      return true;
    }
    boolean fits = equivalence(labels);
    if (!tokens.isEmpty()) {
      throw wrong();
    }
    return fits;
  }

  private boolean equivalence(Set<String> labels) {
    boolean left = implication(labels);
    while (next("<->")) {
      left = left == implication(labels);
    }
    return left;
  }

  private boolean implication(Set<String> labels) {
    boolean left = either(labels);
    while (next("->")) {
      boolean right = either(labels);
      left = !left || right;
    }
    return left;
  }

  private boolean either(Set<String> labels) {
    boolean left = both(labels);
    while (next("||")) {
      left |= both(labels);
    }
    return left;
  }

  private boolean both(Set<String> labels) {
    boolean left = one(labels);
    while (next("&&")) {
      left &= one(labels);
    }
    return left;
  }

  private boolean one(Set<String> labels) {
    if (next("!")) {
      return !one(labels);
    }
    if (next("(")) {
      boolean inner = equivalence(labels);
      if (!next(")")) {
        throw wrong();
      }
      return inner;
    }
    String label = tokens.poll();
    if (label == null || label.matches("<->|->|&&|\\|\\||\\)")) {
      throw wrong();
    }
    return labels.contains(label.replace("\"", ""));
  }

  private boolean next(String token) {
    boolean there = token.equals(tokens.peek());
    if (there) {
      tokens.poll();
    }
    return there;
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("'" + text + "' is no expression of labels.");
  }
}
