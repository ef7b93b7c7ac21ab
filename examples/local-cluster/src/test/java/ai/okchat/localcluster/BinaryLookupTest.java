package ai.okchat.localcluster;

import static ai.okchat.localcluster.FakeSource.folderWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places and order of the search for programs, and the error when there are none. */
class BinaryLookupTest {

  private static final EnumSet<Program> NO_EXTRA = EnumSet.noneOf(Program.class);
  private static final EnumSet<Program> CONTROLLERS = EnumSet.of(Program.KUBE_CONTROLLER_MANAGER);

  @TempDir private Path home;
  private BinaryStore store;

  @BeforeEach
  void emptyStore() {
    store = new BinaryStore(home.resolve(".kubeapitest"));
  }

  @Test
  void prefersFolderOfKubebuilderAssets() {
    // Given
    var assets = folderWith(home.resolve("assets"), Program.BASIC);
    folderWith(store.directory(), Program.BASIC);

    // When
    var found = lookup(assets.toString()).find(NO_EXTRA);

    // Then
    assertThat(found).isEqualTo(binariesIn(assets, Program.BASIC));
  }

  @Test
  void failsWhenFolderOfKubebuilderAssetsIsIncomplete() {
    // Given
    var assets = folderWith(home.resolve("assets"), EnumSet.of(Program.ETCD));
    folderWith(store.directory(), Program.BASIC);

    // When
    var attempt = assertThatThrownBy(() -> lookup(assets.toString()).find(NO_EXTRA));

    // Then
    attempt
        .isInstanceOf(LocalClusterException.class)
        .hasMessage(
            "KUBEBUILDER_ASSETS is %s, but this folder does not hold etcd, kube-apiserver and"
                    .formatted(assets)
                + " kubectl as files that can be run. Fill it (setup-envtest does) or unset the"
                + " variable.");
  }

  @Test
  void prefersExactVersionInStore() {
    // Given
    folderWith(versionFolder("1.35.9"), Program.BASIC);
    folderWith(store.directory(), Program.BASIC);

    // When
    var found = lookup("").find(NO_EXTRA);

    // Then
    assertThat(found).isEqualTo(binariesIn(store.directory(), Program.BASIC));
  }

  @Test
  void acceptsNewestPatchReleaseOfTheSameMinor() {
    // Given
    folderWith(versionFolder("1.35.2"), Program.BASIC);
    var newest = folderWith(versionFolder("1.35.10"), Program.BASIC);
    folderWith(versionFolder("1.36.1"), Program.BASIC);

    // When
    var found = lookup("").find(NO_EXTRA);

    // Then
    assertThat(found).isEqualTo(binariesIn(newest, Program.BASIC));
  }

  @Test
  void takesProgramFromStoreWhenAssetsLackIt() {
    // Given
    var assets = folderWith(home.resolve("assets"), Program.BASIC);
    folderWith(store.directory(), CONTROLLERS);
    var expected = new EnumMap<Program, Path>(binariesIn(assets, Program.BASIC).files());
    expected.putAll(filesIn(store.directory(), CONTROLLERS));

    // When
    var found = lookup(assets.toString()).find(CONTROLLERS);

    // Then
    assertThat(found).isEqualTo(new Binaries(expected));
  }

  @Test
  void fillsEmptyStoreFromFirstAvailableSource() {
    // Given
    var closed = new FakeSource("closed", "no network");
    var open = new FakeSource("open", "");

    // When
    var found = lookup("", closed, open).find(NO_EXTRA);

    // Then
    assertThat(found).isEqualTo(binariesIn(store.directory(), Program.BASIC));
    assertThat(closed.calls).hasValue(1);
  }

  @Test
  void requestsOnlyMissingProgramsFromSource() {
    // Given
    folderWith(store.directory(), EnumSet.of(Program.ETCD, Program.KUBECTL));
    var source = new FakeSource("open", "");

    // When
    lookup("", source).find(NO_EXTRA);

    // Then
    assertThat(source.asked).containsExactly(Program.KUBE_APISERVER);
    assertThat(source.calls).hasValue(1);
  }

  @Test
  void requestsAControllerAgainIfItsCrdsAreMissing() {
    // Given
    folderWith(store.directory(), Program.BASIC);
    folderWith(store.directory(), EnumSet.of(Program.ARGOCD));
    var source = new FakeSource("open", "");

    // When
    var attempt = assertThatThrownBy(() -> lookup("", source).find(EnumSet.of(Program.ARGOCD)));

    // Then
    attempt.hasMessageContaining("it did not bring [ARGOCD]");
    assertThat(source.asked).containsExactly(Program.ARGOCD);
  }

  @Test
  void removesRemainsOfAKilledProcessFromStore() throws IOException {
    // Given
    var leftover = folderWith(store.root().resolve(".staging-123"), Program.BASIC);

    // When
    lookup("", new FakeSource("open", "")).find(NO_EXTRA);

    // Then
    assertThat(leftover).doesNotExist();
    try (var entries = Files.list(store.root())) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder("k8s", "okchat-build.lock");
    }
  }

  @Test
  void fillsStoreOnceForConcurrentLookups() throws Exception {
    // Given
    var source = new FakeSource("open", "");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {

      // When
      List<Future<Binaries>> both =
          threads.invokeAll(
              List.of(
                  () -> lookup("", source).find(NO_EXTRA),
                  () -> lookup("", source).find(NO_EXTRA)));

      // Then
      assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
      assertThat(source.calls).hasValue(1);
    }
  }

  @Test
  void errorNamesThreeFixesAndTheTriedPlaces() {
    // Given
    var lookup =
        lookup("", new FakeSource("download", "no network"), new FakeSource("build", "no go"));

    // When
    var attempt = assertThatThrownBy(() -> lookup.find(NO_EXTRA));

    // Then
    attempt
        .isInstanceOf(LocalClusterException.class)
        .hasMessage(
            """
            There is no etcd, kube-apiserver, kubectl for a local cluster on this machine. Three ways to get them:
              1. Set KUBEBUILDER_ASSETS to a folder that holds etcd, kube-apiserver and kubectl.
              2. Put Kubernetes 1.35.4 into %s, or let it be downloaded there (needs the internet).
              3. Install Go 1.25 or newer (`go` on the PATH): then they are built from the Go module proxy.
            What was tried:
              * download: no network
              * build: no go\
            """
                .formatted(store.directory()));
  }

  private BinaryLookup lookup(String assets, BinarySource... sources) {
    return new BinaryLookup(assets, store, List.of(sources), Progress.silent());
  }

  private Path versionFolder(String version) {
    return store.root().resolve("k8s").resolve(version + Platform.suffix());
  }

  private static Binaries binariesIn(Path folder, Set<Program> programs) {
    return new Binaries(filesIn(folder, programs));
  }

  private static Map<Program, Path> filesIn(Path folder, Set<Program> programs) {
    var files = new EnumMap<Program, Path>(Program.class);
    programs.forEach(program -> files.put(program, folder.resolve(program.fileName())));
    return files;
  }
}
