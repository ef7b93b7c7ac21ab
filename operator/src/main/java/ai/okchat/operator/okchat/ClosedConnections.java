package ai.okchat.operator.okchat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Finds out right before a request is sent that the server has closed its idle connection, and
 * refuses that connection: since nothing was sent, the request may go over another one. The HTTP
 * library looks only before it writes, and reads over a connection that was idle for seconds.
 */
final class ClosedConnections implements Interceptor {
  /** As many as a pool may hold, and one. */
  static final int MOST = 33;

  /** Nothing was sent over this connection. */
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

  /** A server says nothing on an idle connection, unless it ends it. */
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
