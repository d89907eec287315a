package io.github.goldenmaven;

import io.github.goldenmaven.text.Printable;
import java.util.Comparator;

/** Something in a file of the user's that is not what it has to be, with the place. */
public final class FileFaultException extends RefusedException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final int column;
  private final String fault;

  /**
   * @param file as it was named
   * @param line from 1
   * @param column from 1
   * @param fault one sentence with its full stop
   */
  public FileFaultException(String file, int line, int column, String fault, String remedy) {
    super(
        "In '" + Printable.of(file) + "', line " + line + ", column " + column + ": " + fault,
        remedy);
    this.file = file;
    this.line = line;
    this.column = column;
    this.fault = fault;
  }

  /** As it was named. */
  public String file() {
    return file;
  }

  /** {@code 8:33}, as editors and terminals take it behind the file's name. */
  public String place() {
    return line + ":" + column;
  }

  /** As they are read: from the top, and from the left. */
  static int order(RefusedException one, RefusedException other) {
    return one instanceof FileFaultException first && other instanceof FileFaultException second
        ? Comparator.comparing((FileFaultException fault) -> fault.file)
            .thenComparingInt(fault -> fault.line)
            .thenComparingInt(fault -> fault.column)
            .compare(first, second)
        : 0;
  }

  /** What is wrong, without the place. */
  public String fault() {
    return fault;
  }
}
