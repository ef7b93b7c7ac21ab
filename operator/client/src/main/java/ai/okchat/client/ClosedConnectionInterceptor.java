package ai.okchat.client;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Detects right before a GET is sent that the server has closed the idle connection, and rejects
 * that connection: nothing was sent, so the request may use another one. The HTTP library makes
 * this check only before other requests, and sends a GET over a connection that was idle for
 * seconds.
 */
final class ClosedConnectionInterceptor implements Interceptor {
  /** The maximum number of connections in a pool, plus one. */
  static final int MOST = 33;

  /** The server closed the connection before anything was sent. */
  static final class ClosedConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedConnectionException() {
      super("The server has closed the idle connection");
    }
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var connection = chain.connection();
    if (connection != null
        && connection.protocol() != Protocol.HTTP_2
        && chain.request().method().equals("GET")
        && isClosed(connection.socket())) {
      throw new ClosedConnectionException();
    }
    return chain.proceed(chain.request());
  }

  /** Returns whether the server ended the connection: it sends nothing else on an idle one. */
  private static boolean isClosed(Socket socket) {
    try {
      var timeout = socket.getSoTimeout();
      try {
        socket.setSoTimeout(1);
        socket.getInputStream().read();
        return true;
      } finally {
        socket.setSoTimeout(timeout);
      }
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
