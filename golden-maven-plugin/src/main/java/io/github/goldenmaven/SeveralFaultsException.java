package io.github.goldenmaven;

import io.github.goldenmaven.text.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** All that is wrong with some input, one fault below the other, each with its remedy beneath. */
public final class SeveralFaultsException extends RefusedException {

  private static final long serialVersionUID = 1L;

  /** What nobody reads to the end anyway: a file may have a thousand lines that are wrong. */
  private static final int SHOWN = 50;

  private final transient List<RefusedException> faults;

  /**
   * @param faults two at least, none of them several itself
   */
  public SeveralFaultsException(List<RefusedException> faults) {
    super(told(faults), "Correct them all, and run it again.");
    this.faults = List.copyOf(faults);
  }

  public List<RefusedException> faults() {
    return faults;
  }

  @Override
  public String getMessage() {
    return problem() + "\n" + remedy();
  }

  private static String told(List<RefusedException> faults) {
    List<String> files =
        faults.stream()
            .map(fault -> fault instanceof FileFaultException placed ? placed.file() : "")
            .distinct()
            .toList();
    boolean one = files.size() == 1 && !files.get(0).isEmpty();
    List<String> lines = new ArrayList<>();
    lines.add(
        (one ? "In '" + Printable.of(files.get(0)) + "' " : "")
            + faults.size()
            + " things are wrong:");
    (files.contains("") ? faults.stream() : faults.stream().sorted(FileFaultException::order))
        .limit(SHOWN)
        .forEach(
            fault -> {
              lines.add("  " + line(fault));
              lines.add("      " + fault.remedy());
            });
    if (faults.size() > SHOWN) {
      lines.add("  and " + (faults.size() - SHOWN) + " more.");
    }
    return lines.stream().collect(Collectors.joining("\n"));
  }

  private static String line(RefusedException fault) {
    if (fault instanceof FileFaultException placed) {
      Path name = Path.of(placed.file()).getFileName();
      return Printable.of(String.valueOf(name)) + ":" + placed.place() + "  " + placed.fault();
    }
    return fault.problem();
  }
}
