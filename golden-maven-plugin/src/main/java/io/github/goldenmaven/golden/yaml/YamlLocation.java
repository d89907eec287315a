package io.github.goldenmaven.golden.yaml;

import io.github.goldenmaven.FileFaultException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.SeveralFaultsException;
import io.github.goldenmaven.text.Printable;
import java.util.function.Supplier;

/**
 * A place in a YAML file.
 *
 * @param path from the top, {@code keys[0].pem}; empty at the top
 * @param line from 1
 * @param column from 1
 */
public record YamlLocation(String file, String path, int line, int column) {

  /** The value of a key here. */
  String of(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** A fault of what stands here: {@code is not a list}. */
  public RefusedException refused(String fault, String remedy) {
    String what = path.isEmpty() ? "the file" : "'" + Printable.of(path) + "'";
    return told(what + " " + fault + ".", remedy);
  }

  /** Parses what is here; a refusal names the place. */
  public <T> T told(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (FileFaultException | SeveralFaultsException e) {
      throw e;
    } catch (RefusedException e) {
      throw told(e.problem(), e.remedy());
    }
  }

  /** A refusal of what stands here: {@code 'certs/*.pem' matches no file.} */
  public RefusedException told(String problem, String remedy) {
    return new FileFaultException(file, line, column, problem, remedy);
  }
}
