package ai.okchat.localcluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP port of the loopback interface that nobody listens on.
 *
 * <p>Taken from below the range from which operating systems give ports to outgoing connections: a
 * client that tries again and again to reach a stopped server on a port of that range sooner or
 * later is connected to itself, and the server can not get its port back.
 */
final class FreePort {

  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 200;

  private FreePort() {}

  /** Free now; whoever uses it must be ready to lose a race. */
  static int find() {
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
