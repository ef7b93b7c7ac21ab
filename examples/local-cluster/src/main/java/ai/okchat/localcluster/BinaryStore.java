package ai.okchat.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folder in which fabric8's kube-api-test keeps Kubernetes programs, one folder for each
 * version: {@code <root>/k8s/<version>-<os>-<architecture>/}.
 */
record BinaryStore(Path root) {

  /** The version to build; another patch release of the same minor version also serves. */
  static final String KUBERNETES_VERSION = "1.35.4";

  static final String KUBERNETES_MINOR = "1.35";

  private static final Pattern FOLDER = Pattern.compile("1\\.35\\.(\\d+)-.*");

  /** Finds the exact version if it has all programs, else the newest of the same minor. */
  Optional<Map<Program, Path>> find(Set<Program> programs) {
    return complete(directory(), programs).or(() -> newestOfTheMinor(programs));
  }

  /** Returns the folder of the exact version, which may not exist. */
  Path directory() {
    return versions().resolve(KUBERNETES_VERSION + Platform.suffix());
  }

  /** Returns the programs of one folder, if all exist with their CRDs and are executable. */
  static Optional<Map<Program, Path>> complete(Path directory, Set<Program> programs) {
    var files = new EnumMap<Program, Path>(Program.class);
    for (var program : programs) {
      var file = directory.resolve(program.fileName());
      if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
        return Optional.empty();
      }
      if (program.crdFolder().isPresent()
          && !Files.isRegularFile(directory.resolve(program.crdsFileName()))) {
        return Optional.empty();
      }
      files.put(program, file);
    }
    return Optional.of(files);
  }

  /** Returns the programs that are missing in the folder of the exact version. */
  Set<Program> missing(Set<Program> programs) {
    var missing = EnumSet.copyOf(programs);
    missing.removeIf(program -> complete(directory(), EnumSet.of(program)).isPresent());
    return missing;
  }

  /**
   * Runs a source in a staging folder and moves its programs to the store. The caller has the
   * {@link StoreLock}, so an existing staging folder is from a process that was killed.
   */
  void fillBy(BinarySource source, Set<Program> missing)
      throws IOException, BinarySource.Unavailable {
    try (var leftovers = Files.newDirectoryStream(root, ".staging-*")) {
      for (var leftover : leftovers) {
        DirectoryTree.delete(leftover);
      }
    }
    var staging = Files.createTempDirectory(root, ".staging-");
    try {
      var version = source.fill(staging, missing);
      var destination = versions().resolve(version + Platform.suffix());
      Files.createDirectories(versions());
      moveAll(staging, destination);
    } finally {
      DirectoryTree.delete(staging);
    }
  }

  /** Renames the folder or each file atomically: a reader gets a complete file or none. */
  private static void moveAll(Path staging, Path destination) throws IOException {
    if (!Files.exists(destination)) {
      Files.move(staging, destination, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try (var files = Files.list(staging)) {
      for (var file : files.toList()) {
        Files.move(file, destination.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  private Path versions() {
    return root.resolve("k8s");
  }

  private Optional<Map<Program, Path>> newestOfTheMinor(Set<Program> programs) {
    if (!Files.isDirectory(versions())) {
      return Optional.empty();
    }
    try (var folders = Files.list(versions())) {
      return folders
          .filter(folder -> folder.toString().endsWith(Platform.suffix()))
          .filter(folder -> patch(folder) >= 0)
          .sorted(Comparator.comparingInt(BinaryStore::patch).reversed())
          .flatMap(folder -> complete(folder, programs).stream())
          .findFirst();
    } catch (IOException e) {
      throw new LocalClusterException("cannot list " + versions(), e);
    }
  }

  private static int patch(Path folder) {
    var matcher = FOLDER.matcher(folder.getFileName().toString());
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
  }
}
