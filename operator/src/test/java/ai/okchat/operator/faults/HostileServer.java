package ai.okchat.operator.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** A backend, a site and a git server of a user who means harm; each path is one kind of harm. */
final class HostileServer implements AutoCloseable {

  private static final int BOTS = 1_000_000;
  private static final int REFS = 3_000_000;
  private static final int PAGES = 100;
  private static final int LONGEST_HEADER = 200_000;
  private static final int LOCATIONS = 1_000_000;
  private static final int ELEMENTS = 1_310_720;
  private static final String COMMIT = "0123456789012345678901234567890123456789";
  private static final String ADVERTISEMENT = "application/x-git-upload-pack-advertisement";

  private final HttpServer server;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final byte[] html = "<p>a".repeat(ELEMENTS).getBytes(ISO_8859_1);
  private final byte[] sitemap = compressed(LOCATIONS);

  HostileServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> send(exchange, 404, "text/plain", new byte[0]));
    server.createContext("/bots/", HostileServer::bots);
    server.createContext("/html/", exchange -> send(exchange, 200, "text/html", html));
    server.createContext("/slow/", this::hang);
    server.createContext("/tagged/", HostileServer::page);
    server.createContext("/tagged.xml", this::taggedPages);
    server.createContext(
        "/sitemap.xml.gz", exchange -> send(exchange, 200, "application/gzip", sitemap));
    server.createContext("/refs.git/info/refs", HostileServer::refs);
    server.createContext("/pack.git/info/refs", HostileServer::advertise);
    server.createContext("/pack.git/git-upload-pack", HostileServer::pack);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }

  /** An account of a million bots. */
  private static void bots(HttpExchange exchange) throws IOException {
    var text = new StringBuilder("{\"chatbots\":[");
    for (var number = 0; number < BOTS; number++) {
      text.append("{\"id\":\"").append(number).append("\"},");
    }
    send(exchange, 200, "application/json", bytes(text.append("{\"id\":\"last\"}]}")));
  }

  /** Nothing at all, until the end of the test. */
  private void hang(HttpExchange exchange) throws IOException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private void taggedPages(HttpExchange exchange) throws IOException {
    var locations =
        IntStream.range(0, PAGES)
            .mapToObj(page -> "<url><loc>%s</loc></url>".formatted(url("/tagged/" + page)))
            .collect(Collectors.joining("", "<urlset>", "</urlset>"));
    send(exchange, 200, "application/xml", bytes(locations));
  }

  /** A short page with a long header. */
  private static void page(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("ETag", "\"" + "x".repeat(LONGEST_HEADER) + "\"");
    send(exchange, 200, "text/html", bytes("<p>A page."));
  }

  /** A repository of three million branches. */
  private static void refs(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", ADVERTISEMENT);
    exchange.sendResponseHeaders(200, 0);
    try (exchange;
        var out = exchange.getResponseBody()) {
      out.write(bytes(packet("# service=git-upload-pack\n") + "0000"));
      var thousand =
          IntStream.range(0, 1_000)
              .mapToObj(number -> packet("%s refs/heads/NNNN/%03d\n".formatted(COMMIT, number)))
              .collect(Collectors.joining());
      for (var number = 1_000; number < 1_000 + REFS / 1_000; number++) {
        out.write(bytes(thousand.replace("NNNN", Integer.toString(number))));
      }
      out.write(bytes("0000"));
    }
  }

  private static void advertise(HttpExchange exchange) throws IOException {
    var refs =
        packet("# service=git-upload-pack\n")
            + "0000"
            + packet(COMMIT + " HEAD\0multi_ack_detailed shallow ofs-delta\n")
            + "0000";
    send(exchange, 200, ADVERTISEMENT, bytes(refs));
  }

  /** A pack of a hundred bytes with a commit that claims to have 1.5 GiB. */
  private static void pack(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    var pack =
        packet("shallow " + COMMIT)
            + "0000"
            + packet("NAK\n")
            + "PACK\0\0\0\u0002\0\0\0\u0001"
            + "\u0090\u0080\u0080\u0080\u0080\u0006"
            + "x".repeat(100);
    send(exchange, 200, "application/x-git-upload-pack-result", bytes(pack));
  }

  private static byte[] compressed(int locations) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(bytes("<urlset>"));
      var thousand = bytes("<url><loc>http://127.0.0.1/p</loc></url>".repeat(1_000));
      for (var number = 0; number < locations; number += 1_000) {
        out.write(thousand);
      }
      out.write(bytes("</urlset>"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String packet(String payload) {
    return "%04x%s".formatted(payload.length() + 4, payload);
  }

  private static byte[] bytes(CharSequence text) {
    return text.toString().getBytes(ISO_8859_1);
  }

  /** The operator may not read all of it. */
  private static void send(HttpExchange exchange, int status, String type, byte[] bytes)
      throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
