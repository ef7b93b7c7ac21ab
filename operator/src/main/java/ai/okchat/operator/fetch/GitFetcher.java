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

  /** Where the fetched commit is in the repository that it was fetched into. */
  public static final String FETCHED = "refs/okchat/fetched";

  private static final int QUIET_SECONDS = 60;

  private final OkHttpClient http;
  private final AddressPolicy policy;
  private final GitLimits limits;

  public GitFetcher(OkHttpClient shared, AddressPolicy policy) {
    this(shared, policy, GitLimits.DEFAULT);
  }

  /** With limits of the caller. */
  public GitFetcher(OkHttpClient shared, AddressPolicy policy, GitLimits limits) {
    this.http =
        GuardedHttp.client(shared, policy, limits.time())
            .newBuilder()
            .followRedirects(false)
            .build();
    this.policy = policy;
    this.limits = limits;
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
   * The host that receives the credentials of a remote with this URL, in lower case.
   *
   * @throws SourceException if the URL is not that of a repository
   */
  public static String host(String url) {
    var uri = uri(url);
    var http = HttpUrl.parse(url); // As the HTTP client reads it, which may differ from JGit.
    return (http == null ? uri.getHost() : http.host()).toLowerCase(Locale.ROOT);
  }

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
    // Servers of plain files can be asked only on behalf of a repository, if only an empty one.
    try (var transports = transports(remote, secrets, new GitBudget(limits));
        var empty = new InMemoryRepository(new DfsRepositoryDescription("unused"));
        var transport = Transport.open(empty, uri(remote.url()))) {
      transport.setTimeout(QUIET_SECONDS);
      transports.configure(transport);
      // Servers of protocol version 2 list refs that begin with these names, and no others.
      var names = names(wanted);
      try (var connection = transport.openFetch(List.of(), names.toArray(String[]::new))) {
        return find(connection.getRefsMap(), names).orElseThrow(() -> GitFailure.noSuchRef(remote));
      }
    } catch (IOException | RuntimeException e) {
      throw GitFailure.of(remote, e);
    }
  }

  /**
   * Fetches into a new bare repository. Where the server can leave out longer files, they are
   * missing there.
   *
   * @param longestFile bytes of a file that is needed
   * @param folder empty, for the repository
   * @param secrets another one, for files that are needed meanwhile
   * @param room of the temporary folder, for the repository
   * @throws SourceException if that fails
   */
  public void fetch(
      Remote remote,
      Revision revision,
      Path folder,
      Path secrets,
      long longestFile,
      TemporarySpace.Share room) {
    var objectBytes = Math.max(limits.objectBytes(), longestFile);
    try (var transports = transports(remote, secrets, new GitBudget(limits, room));
        var git = new Git(LimitedRepository.create(folder, objectBytes, room), true)) {
      var filter = FilterSpec.fromFilterLine("blob:limit=" + (longestFile + 1));
      try {
        fetch(git, remote, revision, transports, filter);
      } catch (TransportException e) {
        if (!GitFailure.isAboutFilter(e)) {
          throw e;
        }
        fetch(git, remote, revision, transports, FilterSpec.NO_FILTER);
      }
    } catch (GitAPIException | IOException | RuntimeException e) {
      throw GitFailure.of(remote, e);
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

  private static URIish uri(String url) {
    try {
      var uri = new URIish(url);
      if (GitTransports.isSsh(uri) || HttpUrl.parse(url) != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // The same as a link that the HTTP client cannot parse.
    }
    throw new SourceException(
        "spec.git.url is not the address of a repository. Write one such as"
            + " https://example.com/team/docs.git.",
        false);
  }

  private static List<String> names(@Nullable String wanted) {
    return wanted == null
        ? List.of("HEAD")
        : List.of("refs/heads/" + wanted, "refs/tags/" + wanted, wanted);
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
