package ai.okchat.operator.fetch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.TransportException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** Fetches one commit of a git repository, without history and without a work tree. */
public final class GitFetcher {

  /** The ref of the fetched commit in the repository that it was fetched into. */
  public static final String FETCHED = "refs/okchat/fetched";

  private static final int QUIET_SECONDS = 60;

  private final OkHttpClient http;
  private final AddressPolicy policy;
  private final GitLimits limits;
  private final Semaphore unpacking = new Semaphore(1, true);

  public GitFetcher(OkHttpClient shared, AddressPolicy policy) {
    this(shared, policy, GitLimits.DEFAULT);
  }

  /** Creates a fetcher with other limits. */
  public GitFetcher(OkHttpClient shared, AddressPolicy policy, GitLimits limits) {
    this.http =
        SsrfSafeHttpClient.client(shared, policy, limits.time())
            .newBuilder()
            .followRedirects(false)
            .build();
    this.policy = policy;
    this.limits = limits;
  }

  /**
   * A repository to fetch from.
   *
   * @param ref branch, tag or full commit ID; null: the default of the repository
   */
  public record Remote(String url, @Nullable String ref, GitCredentials credentials) {}

  /**
   * The current target of a ref.
   *
   * @param name as the server knows it: a full ref name or a commit ID
   * @param id of a commit, or of a tag that leads to one
   */
  public record Revision(String name, String id) {}

  /**
   * Returns the host that receives the credentials of a remote with this URL, in lower case.
   *
   * @throws SourceException if the URL is not that of a repository
   */
  public static String host(String url) {
    var uri = uri(url);
    var http = HttpUrl.parse(url); // The HTTP client may parse it differently from JGit.
    return (http == null ? uri.getHost() : http.host()).toLowerCase(Locale.ROOT);
  }

  /**
   * Resolves a ref to its current target, with one small request.
   *
   * @param secrets a folder for temporary files with credentials
   * @throws SourceException if the ref does not exist, or the server does not respond
   */
  public Revision resolve(Remote remote, Path secrets) {
    var ref = remote.ref();
    if (ref != null && ObjectId.isId(ref)) {
      return new Revision(ref, ref);
    }
    // JGit lists refs of a plain file server only for a repository; an empty one is enough.
    try (var transports = transports(remote, secrets, new GitBudget(limits));
        var empty = new InMemoryRepository(new DfsRepositoryDescription("unused"));
        var transport = Transport.open(empty, uri(remote.url()))) {
      transport.setTimeout(QUIET_SECONDS);
      transports.configure(transport);
      // Servers with protocol version 2 list only the refs that begin with these names.
      var names = names(ref);
      try (var connection = transport.openFetch(List.of(), names.toArray(String[]::new))) {
        return find(connection.getRefsMap(), names).orElseThrow(() -> GitFailure.noSuchRef(remote));
      }
    } catch (IOException | RuntimeException e) {
      throw GitFailure.of(remote, e);
    }
  }

  /**
   * Fetches into a new bare repository. If the server can omit files that are longer, the
   * repository lacks them.
   *
   * @param longestFile bytes of a file that is needed
   * @param folder empty, for the repository
   * @param secrets another folder, for temporary files with credentials
   * @param room space of the temporary folder, for the repository
   * @return the permit to have its objects in memory, to be closed when its files are read
   * @throws SourceException if the fetch fails
   */
  public UnpackPermit fetch(
      Remote remote,
      Revision revision,
      Path folder,
      Path secrets,
      long longestFile,
      TemporarySpace.Share room) {
    var permit = new UnpackPermit(unpacking, limits.time());
    var isFetched = false;
    try (var transports = transports(remote, secrets, new GitBudget(limits, room));
        var git =
            new Git(
                LimitedRepository.create(folder, limits.forFiles(longestFile), room, permit),
                true)) {
      var filter = FilterSpec.fromFilterLine("blob:limit=" + (longestFile + 1));
      try {
        fetch(git, remote, revision, transports, filter);
      } catch (TransportException e) {
        if (!GitFailure.isAboutFilter(e)) {
          throw e;
        }
        fetch(git, remote, revision, transports, FilterSpec.NO_FILTER);
      }
      permit.acquire();
      isFetched = true;
      return permit;
    } catch (GitAPIException | IOException | RuntimeException e) {
      throw GitFailure.of(remote, e);
    } finally {
      if (!isFetched) {
        permit.close();
      }
    }
  }

  private static void fetch(
      Git git, Remote remote, Revision revision, GitTransports transports, FilterSpec filter)
      throws GitAPIException {
    git.fetch()
        .setTimeout(QUIET_SECONDS)
        .setTransportConfigCallback(
            transport -> {
              transports.configure(transport);
              transport.setFilterSpec(filter);
            })
        .setRemote(remote.url())
        .setDepth(1)
        .setTagOpt(TagOpt.NO_TAGS)
        .setRefSpecs(new RefSpec("+" + revision.name() + ":" + FETCHED))
        .call();
  }

  private GitTransports transports(Remote remote, Path secrets, GitBudget budget) {
    var uri = uri(remote.url());
    if (GitTransports.isSsh(uri)) {
      requirePermitted(uri.getHost());
    }
    return GitTransports.open(http, policy, uri, remote.credentials(), budget, secrets);
  }

  /**
   * Checks the addresses of the host before SSH opens a connection; {@link GitSshSessions} checks
   * the address of the connection too.
   */
  private void requirePermitted(String host) {
    try {
      if (!Stream.of(InetAddress.getAllByName(host)).allMatch(policy::permits)) {
        throw GitFailure.forbidden(host);
      }
    } catch (UnknownHostException e) {
      throw new SourceException("The host %s has no address.".formatted(host), true);
    }
  }

  private static URIish uri(String url) {
    try {
      var uri = new URIish(url);
      if (GitTransports.isSsh(uri) || HttpUrl.parse(url) != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Handled like a link that the HTTP client cannot parse.
    }
    throw new SourceException(
        "spec.git.url is not the address of a repository. Write one such as"
            + " https://example.com/team/docs.git.",
        false);
  }

  private static List<String> names(@Nullable String ref) {
    return ref == null ? List.of("HEAD") : List.of("refs/heads/" + ref, "refs/tags/" + ref, ref);
  }

  private static Optional<Revision> find(Map<String, Ref> refs, List<String> names) {
    return names.stream()
        .flatMap(
            name ->
                Stream.ofNullable(refs.get(name))
                    .map(ref -> new Revision(name, ref.getObjectId().name())))
        .findFirst();
  }
}
