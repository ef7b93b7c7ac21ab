package ai.okchat.operator.knowledge.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** A git repository of one test, served over HTTP on loopback as hosting services do. */
public final class ServedRepository implements AutoCloseable {

  private final Git git;
  private final Path folder;
  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile @Nullable String demanded;

  private ServedRepository(Git git, Path folder, HttpServer server) {
    this.git = git;
    this.folder = folder;
    this.server = server;
  }

  public static ServedRepository in(Path folder) throws IOException, GitAPIException {
    var git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var served = new ServedRepository(git, folder, server);
    server.createContext("/docs.git/info/refs", served::advertise);
    server.createContext("/docs.git/git-upload-pack", served::upload);
    server.start();
    return served;
  }

  public String url() {
    return "http://127.0.0.1:%d/docs.git".formatted(server.getAddress().getPort());
  }

  /** Only with this user name and password from now on. */
  void demand(String user, String password) {
    demanded =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** The state of now as files that a server hands out without knowing of git. */
  PlainFiles asPlainFiles() throws IOException {
    var refs = new StringBuilder();
    for (var ref : git.getRepository().getRefDatabase().getRefsByPrefix("refs/heads/")) {
      refs.append("%s\t%s\n".formatted(ref.getObjectId().name(), ref.getName()));
    }
    var served = git.getRepository().getDirectory().toPath();
    Files.createDirectories(served.resolve("info"));
    Files.writeString(served.resolve("info/refs"), refs);
    Files.createDirectories(served.resolve("objects/pack"));
    Files.createDirectories(served.resolve("objects/info"));
    try (var packs = Files.newDirectoryStream(served.resolve("objects/pack"), "*.pack")) {
      var names = new StringBuilder();
      packs.forEach(pack -> names.append("P %s\n".formatted(pack.getFileName())));
      Files.writeString(served.resolve("objects/info/packs"), names);
    }
    var server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), served, OutputLevel.NONE);
    server.start();
    return new PlainFiles(server);
  }

  /** A server of files. */
  record PlainFiles(HttpServer server) implements AutoCloseable {

    String url() {
      return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  /** Method, path and what came as Authorization, of each request so far. */
  List<String> requests() {
    return requests;
  }

  public Git git() {
    return git;
  }

  public void write(String path, String text) throws IOException {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /**
   * Commits exactly these files and links, without the file system: its encoding may not have their
   * names.
   *
   * @param links paths with the paths that they lead to
   */
  void commit(Map<String, byte[]> files, Map<String, String> links) throws IOException {
    var repository = git.getRepository();
    try (var inserter = repository.newObjectInserter()) {
      var index = DirCache.newInCore();
      var entries = index.builder();
      for (var file : files.entrySet()) {
        entries.add(entry(inserter, file.getKey(), FileMode.REGULAR_FILE, file.getValue()));
      }
      for (var link : links.entrySet()) {
        var target = link.getValue().getBytes(StandardCharsets.UTF_8);
        entries.add(entry(inserter, link.getKey(), FileMode.SYMLINK, target));
      }
      entries.finish();
      var commit = new CommitBuilder();
      commit.setTreeId(index.writeTree(inserter));
      commit.setAuthor(new PersonIdent("Test", "test@example.com"));
      commit.setCommitter(commit.getAuthor());
      commit.setMessage("A change");
      var id = inserter.insert(commit);
      inserter.flush();
      var head = repository.updateRef(Constants.HEAD);
      head.setNewObjectId(id);
      head.forceUpdate();
    }
  }

  private static DirCacheEntry entry(
      ObjectInserter inserter, String path, FileMode mode, byte[] content) throws IOException {
    var entry = new DirCacheEntry(path);
    entry.setFileMode(mode);
    entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, content));
    return entry;
  }

  /** Has the commit of a bundle, which git has made of another repository. */
  public void take(Path bundle) throws GitAPIException {
    git.fetch()
        .setRemote(bundle.toUri().toString())
        .setRefSpecs("+refs/heads/main:refs/heads/main")
        .call();
  }

  public void remove(String path) throws IOException {
    Files.delete(folder.resolve(path));
  }

  public String commit() throws GitAPIException {
    git.add().addFilepattern(".").call();
    git.add().addFilepattern(".").setUpdate(true).call();
    return git.commit()
        .setMessage("A change")
        .setAuthor("Test", "test@example.com")
        .setCommitter("Test", "test@example.com")
        .setSign(false)
        .call()
        .getName();
  }

  @Override
  public void close() {
    server.stop(0);
    git.close();
  }

  private void advertise(HttpExchange exchange) throws IOException {
    if (isRefused(exchange)) {
      return;
    }
    var answer = new ByteArrayOutputStream();
    var lines = new PacketLineOut(answer);
    lines.writeString("# service=git-upload-pack\n");
    lines.end();
    try (var pack = new UploadPack(git.getRepository())) {
      pack.setBiDirectionalPipe(false);
      pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
    }
    send(exchange, "application/x-git-upload-pack-advertisement", answer.toByteArray());
  }

  private void upload(HttpExchange exchange) throws IOException {
    if (isRefused(exchange)) {
      return;
    }
    var answer = new ByteArrayOutputStream();
    try (var pack = new UploadPack(git.getRepository())) {
      pack.setBiDirectionalPipe(false);
      pack.upload(body(exchange), answer, null);
    }
    send(exchange, "application/x-git-upload-pack-result", answer.toByteArray());
  }

  private boolean isRefused(HttpExchange exchange) throws IOException {
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(
        "%s %s %s"
            .formatted(
                exchange.getRequestMethod(), exchange.getRequestURI().getPath(), authorization));
    if (demanded == null || demanded.equals(authorization)) {
      return false;
    }
    exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
    exchange.sendResponseHeaders(401, -1);
    exchange.close();
    return true;
  }

  private static InputStream body(HttpExchange exchange) throws IOException {
    return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
        ? new GZIPInputStream(exchange.getRequestBody())
        : exchange.getRequestBody();
  }

  private static void send(HttpExchange exchange, String type, byte[] bytes) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
