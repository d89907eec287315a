package io.github.goldenmaven.assembly;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ports that a container listens on, as people write them: {@code 8080}, {@code 8000-8010}, {@code
 * 53/udp}.
 */
public final class ExposedPorts {

  private static final Pattern GRAMMAR =
      Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp))?");

  private record Port(int number, String protocol) implements Comparable<Port> {
    @Override
    public int compareTo(Port other) {
      return Comparator.comparingInt(Port::number)
          .thenComparing(Port::protocol)
          .compare(this, other);
    }
  }

  private ExposedPorts() {}

  /**
   * Every port by itself, sorted, as the config lists them: {@code 8080/tcp}.
   *
   * @param place where they are written, for a refusal, and what to write there
   */
  public static List<String> parse(List<String> written, String place, String remedy) {
    TreeSet<Port> ports = new TreeSet<>();
    for (String range : written) {
      Matcher matcher = GRAMMAR.matcher(range);
      if (!matcher.matches()) {
        throw refused(range, place, remedy);
      }
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      if (first < 1 || last > 65535 || first > last) {
        throw refused(range, place, remedy);
      }
      String protocol = matcher.group(3) == null ? "tcp" : matcher.group(3);
      for (int number = first; number <= last; number++) {
        ports.add(new Port(number, protocol));
      }
    }
    return ports.stream().map(port -> port.number() + "/" + port.protocol()).toList();
  }

  private static RefusedException refused(String range, String place, String remedy) {
    return new RefusedException(
        "'" + Printable.of(range) + "' in " + place + " is not a port.", remedy);
  }
}
