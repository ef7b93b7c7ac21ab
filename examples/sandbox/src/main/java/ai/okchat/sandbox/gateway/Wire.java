package ai.okchat.sandbox.gateway;

import ai.okchat.sandbox.http.Reply;
import io.javalin.http.Context;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Sends replies completely or in part, or closes the connection without one. */
public final class Wire {
  private Wire() {}

  public static void send(Context context, Reply reply) throws IOException {
    start(context, reply);
    var out = context.res().getOutputStream();
    for (var part : reply.parts()) {
      out.write(part);
      if (reply.parts().size() > 1) {
        out.flush();
      }
    }
  }

  /** Sends the length of the whole body and half of its bytes, and closes the connection. */
  static void truncate(Context context, Reply reply) throws IOException {
    start(context, reply);
    var out = context.res().getOutputStream();
    var remaining = length(reply) / 2;
    for (var part : reply.parts()) {
      var sent = Math.min(remaining, part.length);
      out.write(part, 0, sent);
      remaining -= sent;
    }
    out.flush();
    cut(context);
  }

  /** Closes the TCP connection. */
  static void cut(Context context) {
    ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close();
  }

  private static void start(Context context, Reply reply) {
    var response = context.res();
    response.reset();
    response.setStatus(reply.status());
    reply.headers().forEach(response::setHeader);
    if (reply.parts().size() <= 1) {
      response.setContentLength(length(reply));
    }
  }

  private static int length(Reply reply) {
    return reply.parts().stream().mapToInt(part -> part.length).sum();
  }
}
