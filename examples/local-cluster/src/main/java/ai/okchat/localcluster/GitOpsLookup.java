package ai.okchat.localcluster;

import java.nio.file.Path;

/**
 * Finds programs of GitOps tools in the store. If one does not exist there, builds it with Go,
 * which takes minutes.
 */
public final class GitOpsLookup {

  /**
   * A program, and the CRDs of the kinds that it reconciles.
   *
   * @param crds a file of YAML documents
   */
  public record GitOpsProgram(Path file, Path crds) {}

  private GitOpsLookup() {}

  /** Finds Flux's source-controller, which fetches repositories. */
  public static GitOpsProgram findSourceController(Progress progress) {
    return find(Program.SOURCE_CONTROLLER, progress);
  }

  /** Finds Flux's kustomize-controller, which applies what the source-controller fetched. */
  public static GitOpsProgram findKustomizeController(Progress progress) {
    return find(Program.KUSTOMIZE_CONTROLLER, progress);
  }

  /** Finds Argo CD, whose components are one program with several names. */
  public static GitOpsProgram findArgoCd(Progress progress) {
    return find(Program.ARGOCD, progress);
  }

  /**
   * Finds the Redis on the PATH, which Argo CD needs.
   *
   * @throws LocalClusterException with the necessary user action
   */
  public static Path findRedisServer() {
    return SearchPath.of(System.getenv())
        .find("redis-server")
        .orElseThrow(
            () ->
                new LocalClusterException(
                    "There is no redis-server on the PATH, which Argo CD needs. Install it, on"
                        + " Debian and Ubuntu with `apt-get install --no-install-recommends"
                        + " redis-server`."));
  }

  private static GitOpsProgram find(Program program, Progress progress) {
    var file = BinaryLookup.stored(program, progress);
    return new GitOpsProgram(file, file.resolveSibling(program.crdsFileName()));
  }
}
