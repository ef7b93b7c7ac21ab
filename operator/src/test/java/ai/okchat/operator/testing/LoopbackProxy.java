package ai.okchat.operator.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy on loopback, with tunnels. It resolves every name to loopback, also those that no
 * other server knows, and records the first line of each request.
 */
public final class LoopbackProxy implements AutoCloseable {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile @Nullable String demanded;

  private LoopbackProxy(ServerSocket server) {
    this.server = server;
  }

  public static LoopbackProxy start() throws IOException {
    var proxy = new LoopbackProxy(new ServerSocket(0, 50, LOOPBACK));
    var _ = proxy.threads.submit(proxy::accept);
    return proxy;
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  /** From now on responds with 407 to requests without these credentials. */
  public void demand(String user, String password) {
    var credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    demanded = "proxy-authorization: basic " + Base64.getEncoder().encodeToString(credentials);
  }

  /** The first lines of all requests, such as {@code CONNECT docs.example.invalid:443 HTTP/1.1}. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  private @Nullable Void accept() throws IOException {
    while (!server.isClosed()) {
      var client = server.accept();
      var _ = threads.submit(() -> serve(client));
    }
    return null;
  }

  private @Nullable Void serve(Socket client) throws IOException {
    try (client) {
      var head = head(client.getInputStream());
      var lines = head.lines().toList();
      var words = lines.getFirst().split(" ", -1);
      requests.add(lines.getFirst());
      if (!isAllowed(lines)) {
        write(
            client.getOutputStream(),
            String.join(
                "\r\n",
                "HTTP/1.1 407 Proxy Authentication Required",
                "Proxy-Authenticate: Basic realm=proxy",
                "Content-Length: 0",
                "Connection: close",
                "",
                ""));
        return null;
      }
      var isTunnel = words[0].equals("CONNECT");
      var target = URI.create(isTunnel ? "https://" + words[1] : words[1]);
      try (var origin = new Socket(LOOPBACK, target.getPort() < 0 ? 80 : target.getPort())) {
        if (isTunnel) {
          write(client.getOutputStream(), "HTTP/1.1 200 Connection established\r\n\r\n");
        } else {
          write(origin.getOutputStream(), forwarded(lines, words, target));
        }
        var _ = threads.submit(() -> client.getInputStream().transferTo(origin.getOutputStream()));
        origin.getInputStream().transferTo(client.getOutputStream());
      }
    }
    return null;
  }

  /** One request per connection, so that each is recorded. */
  private static String forwarded(List<String> lines, String[] words, URI target) {
    var path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    var query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    var headers = new StringBuilder();
    lines.stream()
        .skip(1)
        .filter(line -> !line.toLowerCase(Locale.ROOT).matches("(proxy-.*|connection:.*|)"))
        .forEach(line -> headers.append(line).append("\r\n"));
    return "%s %s%s HTTP/1.1\r\n%sConnection: close\r\n\r\n"
        .formatted(words[0], path, query, headers);
  }

  private boolean isAllowed(List<String> lines) {
    var expected = demanded;
    return expected == null || lines.stream().anyMatch(line -> line.equalsIgnoreCase(expected));
  }

  private static String head(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      var next = in.read();
      if (next < 0) {
        throw new IOException("The client closed the connection.");
      }
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }
}
