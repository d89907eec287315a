package io.github.goldenmaven;

import org.jspecify.annotations.Nullable;

/** The input is at fault: a wrong parameter, a base that is not golden, an image that lies. */
public sealed class RefusedException extends GoldenException
    permits DeniedException, FileFaultException, NoImageException, SeveralFaultsException {

  private static final long serialVersionUID = 1L;

  public RefusedException(String problem, String remedy) {
    super(problem, remedy, null);
  }

  public RefusedException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem, remedy, cause);
  }
}
