package ai.okchat.operator.fetch;

import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.TransportCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** Fetches one commit of a git repository, without history and without a work tree. */
public final class GitFetcher {

  /** Where the fetched commit is in the repository that it was fetched into. */
  public static final String FETCHED = "refs/okchat/fetched";

  private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
  private static final int QUIET_SECONDS = 60;

  private final OkHttpClient http;
  private final AddressPolicy policy;

  public GitFetcher(OkHttpClient shared, AddressPolicy policy) {
    this.http =
        GuardedHttp.client(shared, policy, LONGEST_CALL)
            .newBuilder()
            .followRedirects(false)
            .build();
    this.policy = policy;
  }

  /**
   * A repository to fetch from.
   *
   * @param ref branch, tag or full commit id; null: the repository's own default
   */
  public record Remote(String url, @Nullable String ref, GitCredentials credentials) {}

  /**
   * What a ref means now.
   *
   * @param name as the server knows it: a full ref name or a commit id
   * @param id of a commit, or of a tag that leads to one
   */
  public record Revision(String name, String id) {}

  /**
   * What the ref means now, at the cost of one small call.
   *
   * @param secrets a folder for files that are needed meanwhile
   * @throws SourceException if there is no such ref, or no answer
   */
  public Revision resolve(Remote remote, Path secrets) {
    var wanted = remote.ref();
    if (wanted != null && ObjectId.isId(wanted)) {
      return new Revision(wanted, wanted);
    }
    try (var transports = transports(remote, secrets);
        var git = Git.wrap(new InMemoryRepository(new DfsRepositoryDescription("unused")))) {
      // Servers of plain files can be asked only on behalf of a repository, if only an empty one.
      var command = git.lsRemote().setRemote(remote.url());
      return find(configured(command, transports).callAsMap(), wanted)
          .orElseThrow(() -> GitFailure.noSuchRef(remote));
    } catch (GitAPIException | RuntimeException e) {
      throw GitFailure.of(remote, e);
    }
  }

  /**
   * Fetches into a new bare repository.
   *
   * @param folder empty, for the repository
   * @param secrets another one, for files that are needed meanwhile
   * @throws SourceException if that fails
   */
  public void fetch(Remote remote, Revision revision, Path folder, Path secrets) {
    try (var transports = transports(remote, secrets);
        var git = Git.init().setBare(true).setDirectory(folder.toFile()).call()) {
      configured(git.fetch(), transports)
          .setRemote(remote.url())
          .setDepth(1)
          .setTagOpt(TagOpt.NO_TAGS)
          .setRefSpecs(new RefSpec("+" + revision.name() + ":" + FETCHED))
          .call();
    } catch (GitAPIException | RuntimeException e) {
      throw GitFailure.of(remote, e);
    }
  }

  private static <C extends TransportCommand<C, ?>> C configured(
      C command, GitTransports transports) {
    return command.setTimeout(QUIET_SECONDS).setTransportConfigCallback(transports::configure);
  }

  private GitTransports transports(Remote remote, Path secrets) {
    var uri = uri(remote);
    if (GitTransports.isSsh(uri)) {
      requirePermitted(uri.getHost());
    }
    return GitTransports.open(http, policy, uri, remote.credentials(), secrets);
  }

  /** A first look, before SSH opens a connection; the connection's own address is checked too. */
  private void requirePermitted(String host) {
    try {
      if (!Stream.of(InetAddress.getAllByName(host)).allMatch(policy::permits)) {
        throw GitFailure.forbidden(host);
      }
    } catch (UnknownHostException e) {
      throw new SourceException("The host %s has no address at present.".formatted(host), true);
    }
  }

  private static URIish uri(Remote remote) {
    try {
      return new URIish(remote.url());
    } catch (URISyntaxException e) {
      throw new SourceException("spec.git.url is no address of a repository.", false);
    }
  }

  private static Optional<Revision> find(Map<String, Ref> refs, @Nullable String wanted) {
    var names =
        wanted == null
            ? Stream.of("HEAD")
            : Stream.of("refs/heads/" + wanted, "refs/tags/" + wanted, wanted);
    return names
        .flatMap(
            name ->
                Stream.ofNullable(refs.get(name))
                    .map(ref -> new Revision(name, ref.getObjectId().name())))
        .findFirst();
  }
}
