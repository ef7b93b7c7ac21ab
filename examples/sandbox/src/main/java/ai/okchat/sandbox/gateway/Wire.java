package ai.okchat.sandbox.gateway;

import ai.okchat.sandbox.http.Reply;
import io.javalin.http.Context;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/** Puts replies on the connection, whole, in part or not at all. */
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

  /** Announces all of the body, sends half of it and closes the connection. */
  static void truncate(Context context, Reply reply) throws IOException {
    start(context, reply);
    var out = context.res().getOutputStream();
    var left = length(reply) / 2;
    for (var part : reply.parts()) {
      var sent = Math.min(left, part.length);
      out.write(part, 0, sent);
      left -= sent;
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
