package ai.okchat.localcluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Finds the programs of a cluster: the folder that {@code KUBEBUILDER_ASSETS} names, else the
 * store, else a source that fills the store.
 */
record BinaryLookup(
    String assets, BinaryStore store, List<BinarySource> sources, Progress progress) {

  /** Reads the environment of this machine. Download comes first, since a build takes minutes. */
  static BinaryLookup ofThisMachine(Progress progress) {
    var environment = System.getenv();
    var standard = Path.of(System.getProperty("user.home"), ".kubeapitest").toString();
    var store = Path.of(environment.getOrDefault("KUBE_API_TEST_DIR", standard));
    return new BinaryLookup(
        environment.getOrDefault("KUBEBUILDER_ASSETS", ""),
        new BinaryStore(store),
        List.of(new BinaryDownload(progress), new GoBuild(environment, progress)),
        progress);
  }

  /** Returns the program on the PATH, else the one in the store; a source fills the store. */
  static Path tool(Program tool, Progress progress) {
    return SearchPath.of(System.getenv())
        .find(tool.fileName())
        .orElseGet(() -> stored(tool, progress));
  }

  /** Returns the program in the store, with its CRDs beside it; a source fills the store. */
  static Path stored(Program tool, Progress progress) {
    return Objects.requireNonNull(ofThisMachine(progress).inStore(EnumSet.of(tool)).get(tool));
  }

  /** Finds the three basic programs and the extra ones. Takes minutes if a source is needed. */
  Binaries find(Set<Program> extra) {
    var basic = new Binaries(assets.isBlank() ? inStore(Program.BASIC) : inAssets());
    var files = new EnumMap<Program, Path>(basic.files());
    for (var program : extra) {
      var one = EnumSet.of(program);
      files.putAll(BinaryStore.complete(basic.directory(), one).orElseGet(() -> inStore(one)));
    }
    return new Binaries(files);
  }

  private Map<Program, Path> inAssets() {
    return BinaryStore.complete(Path.of(assets), Program.BASIC)
        .orElseThrow(
            () ->
                new LocalClusterException(
                    "KUBEBUILDER_ASSETS is "
                        + assets
                        + ", but this folder does not hold etcd, kube-apiserver and kubectl as"
                        + " files that can be run. Fill it (setup-envtest does) or unset the"
                        + " variable."));
  }

  private Map<Program, Path> inStore(Set<Program> programs) {
    return store.find(programs).orElseGet(() -> fillStore(programs));
  }

  private Map<Program, Path> fillStore(Set<Program> programs) {
    try (var _ = StoreLock.acquire(store, progress)) {
      // Another process may have filled the store while this one waited.
      return store.find(programs).orElseGet(() -> useSources(programs));
    }
  }

  private Map<Program, Path> useSources(Set<Program> programs) {
    var reasons = new StringBuilder();
    for (var source : sources) {
      try {
        store.fillBy(source, store.missing(programs));
        return store
            .find(programs)
            .orElseThrow(() -> new BinarySource.Unavailable("it did not bring " + programs));
      } catch (BinarySource.Unavailable e) {
        progress.say("not possible here: " + e.getMessage());
        reasons.append("\n  * ").append(source.title()).append(": ").append(e.getMessage());
      } catch (IOException e) {
        throw new LocalClusterException("cannot write to the store " + store.root(), e);
      }
    }
    throw new LocalClusterException(threeWays(programs, reasons.toString()));
  }

  private String threeWays(Set<Program> programs, String reasons) {
    var names = String.join(", ", programs.stream().map(Program::fileName).sorted().toList());
    return """
    There is no %s for a local cluster on this machine. Three ways to get them:
      1. Set KUBEBUILDER_ASSETS to a folder that holds etcd, kube-apiserver and kubectl.
      2. Put Kubernetes %s into %s, or let it be downloaded there (needs the internet).
      3. Install Go 1.25 or newer (`go` on the PATH): then they are built from the Go module proxy.
    What was tried:%s\
    """
        .formatted(names, BinaryStore.KUBERNETES_VERSION, store.directory(), reasons);
  }
}
