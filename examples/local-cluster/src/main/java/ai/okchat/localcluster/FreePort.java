package ai.okchat.localcluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds a free TCP port of the loopback interface.
 *
 * <p>The port is below the range of ports for outgoing connections: a client that retries to reach
 * a stopped server on a port of that range is sooner or later connected to itself, and the server
 * cannot listen on its port again.
 */
public final class FreePort {

  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 200;

  private FreePort() {}

  /** Returns a port that is free now; another program may use it before the caller does. */
  public static int find() {
    for (var i = 0; i < ATTEMPTS; i++) {
      var port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new LocalClusterException("no free port between " + FIRST + " and " + LAST);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
