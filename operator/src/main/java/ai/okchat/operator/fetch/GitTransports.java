package ai.okchat.operator.fetch;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Configures the transport of JGit for one repository: {@link SsrfSafeHttpClient} or SSH, and no
 * other. Closing it deletes the SSH key from the disk.
 */
final class GitTransports implements AutoCloseable {

  private final HttpConnectionFactory connections;
  private final @Nullable GitSshSessions sessions;
  private final GitBudget budget;
  private final List<Path> secrets;

  private GitTransports(
      HttpConnectionFactory connections,
      @Nullable GitSshSessions sessions,
      GitBudget budget,
      List<Path> secrets) {
    this.connections = connections;
    this.sessions = sessions;
    this.budget = budget;
    this.secrets = secrets;
  }

  static boolean isSsh(URIish uri) {
    return "ssh".equals(uri.getScheme()) || (uri.getScheme() == null && uri.getHost() != null);
  }

  static GitTransports open(
      OkHttpClient http,
      AddressPolicy policy,
      URIish uri,
      GitCredentials credentials,
      GitBudget budget,
      Path folder) {
    if (!isSsh(uri)) {
      var headers = headers(uri, credentials);
      return new GitTransports(new Guarded(http, headers, budget), null, budget, List.of());
    }
    if (credentials.sshKey().isEmpty() || credentials.knownHosts().isEmpty()) {
      throw new SourceException(
          "A repository over SSH needs a Secret with ssh-privatekey and known_hosts. Name one in"
              + " spec.git.secretRef.",
          false);
    }
    var key = write(folder.resolve("key"), credentials.sshKey().get() + "\n");
    var hosts = write(folder.resolve("known_hosts"), credentials.knownHosts().get() + "\n");
    return new GitTransports(
        new Guarded(http, OriginHeaders.NONE, budget),
        new GitSshSessions(policy, folder, key, hosts),
        budget,
        List.of(key, hosts));
  }

  /** Configures the transport that JGit has selected. */
  void configure(Transport transport) {
    switch (transport) {
      case TransportHttp overHttp -> overHttp.setHttpConnectionFactory(connections);
      case SshTransport overSsh when sessions != null ->
          overSsh.setSshSessionFactory(new LimitedSshSessions(sessions, budget));
      default ->
          throw new SourceException(
              "spec.git.url must be the address of a repository over http, https or ssh.", false);
    }
  }

  @Override
  public void close() {
    if (sessions != null) {
      sessions.close();
    }
    secrets.forEach(GitTransports::delete);
  }

  private static OriginHeaders headers(URIish uri, GitCredentials credentials) {
    var url = HttpUrl.parse(uri.toString());
    return url == null || credentials.authorization().isEmpty()
        ? OriginHeaders.NONE
        : OriginHeaders.of(Set.of(url), Map.of("Authorization", credentials.authorization().get()));
  }

  private static Path write(Path file, String text) {
    try {
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Files.deleteIfExists(file);
      Files.createFile(file, ownerOnly);
      return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new SourceException("The SSH key cannot be put into the temporary folder.", true);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new SourceException("The SSH key cannot be removed from the temporary folder.", true);
    }
  }

  private record Guarded(OkHttpClient http, OriginHeaders credentials, GitBudget budget)
      implements HttpConnectionFactory {

    @Override
    public HttpConnection create(URL url) {
      return new GitHttpConnection(http, url, credentials, budget);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) {
      return create(url);
    }
  }
}
