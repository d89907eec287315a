package io.github.goldenmaven.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are told theirs. A port that the system gave out and got back may be given
 * to anybody before the server has it, and then a test speaks with another test's server. So these
 * lie below the ports that Linux gives out by itself (32768 and on).
 */
public final class FreePort {

  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_767;

  private FreePort() {}

  /** A port that nobody listens on at the loopback address. */
  public static int find() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return free.getLocalPort();
      } catch (IOException e) {
        // Taken.
      }
    }
    throw new IllegalStateException("no port from " + LOWEST + " to " + HIGHEST + " is free");
  }
}
