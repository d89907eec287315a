package io.github.goldenmaven.packaging;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Printable;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code <container><ports>}: {@code 8080}, {@code 8000-8010}, {@code 53/udp}. */
final class ExposedPorts {

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

  /** Every port by itself, sorted, as the config lists them: {@code 8080/tcp}. */
  static List<String> parse(List<String> written) {
    TreeSet<Port> ports = new TreeSet<>();
    for (String range : written) {
      Matcher matcher = GRAMMAR.matcher(range);
      if (!matcher.matches()) {
        throw refused(range);
      }
      int first = Integer.parseInt(matcher.group(1));
      int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
      if (first < 1 || last > 65535 || first > last) {
        throw refused(range);
      }
      String protocol = matcher.group(3) == null ? "tcp" : matcher.group(3);
      for (int number = first; number <= last; number++) {
        ports.add(new Port(number, protocol));
      }
    }
    return ports.stream().map(port -> port.number() + "/" + port.protocol()).toList();
  }

  private static RefusedException refused(String range) {
    return new RefusedException(
        "'" + Printable.of(range) + "' in <container><ports> is not a port.",
        "Write ports of 1 to 65535 in <container><ports>, like '8080', '8000-8010' or '53/udp'.");
  }
}
