package io.github.goldenmaven.verify.command;

import io.github.goldenmaven.golden.JvmOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Options that a service puts behind its golden image's, in a variable that JVMs read. */
public final class AddedOptions {

  /** What an option is about, whatever it says of it. */
  private static final Pattern ABOUT =
      Pattern.compile("(-D[^=]*|-XX:)=?[+-]?((?<=:[+-]?)\\w+)?.*|(-X[a-z]+).*", Pattern.DOTALL);

  /** A JVM takes these away, and puts together what they part. */
  private static final Pattern QUOTING = Pattern.compile("[\"'\\\\]");

  private AddedOptions() {}

  /** Whether nothing of the golden image's value changes, and all that is new is free. */
  public static boolean isAllThatChanges(String goldens, String services) {
    boolean plain = !QUOTING.matcher(goldens + services).find();
    if (!plain || goldens.isBlank() || !services.startsWith(goldens.strip() + " ")) {
      return false;
    }
    Set<String> taken = new HashSet<>();
    words(goldens).forEach(word -> taken.add(subject(word)));
    return words(services.substring(goldens.strip().length())).stream()
        .allMatch(word -> isFree(JvmOption.of(word).use()) && !taken.contains(subject(word)));
  }

  private static boolean isFree(JvmOption.Use use) {
    return use == JvmOption.Use.FREE || use == JvmOption.Use.LEADS_ELSEWHERE;
  }

  private static List<String> words(String value) {
    return Arrays.stream(value.split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static String subject(String option) {
    Matcher about = ABOUT.matcher(option);
    return about.matches() ? about.group(1) + about.group(2) + about.group(3) : option;
  }
}
