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

  /** What is built; another patch release of the same minor version is as good. */
  static final String KUBERNETES_VERSION = "1.35.4";

  static final String KUBERNETES_MINOR = "1.35";

  private static final Pattern FOLDER = Pattern.compile("1\\.35\\.(\\d+)-.*");

  /** The exact version if it is there with all programs, else the newest of the same minor. */
  Optional<Map<Program, Path>> find(Set<Program> programs) {
    return complete(directory(), programs).or(() -> newestOfTheMinor(programs));
  }

  /** Where the exact version is, or would be. */
  Path directory() {
    return versions().resolve(KUBERNETES_VERSION + Platform.suffix());
  }

  /** The programs of one folder, if all are there and can be run. */
  static Optional<Map<Program, Path>> complete(Path directory, Set<Program> programs) {
    var files = new EnumMap<Program, Path>(Program.class);
    for (var program : programs) {
      var file = directory.resolve(program.fileName());
      if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
        return Optional.empty();
      }
      files.put(program, file);
    }
    return Optional.of(files);
  }

  /** Those that the exact version's folder lacks. */
  Set<Program> missing(Set<Program> programs) {
    var missing = EnumSet.copyOf(programs);
    missing.removeIf(program -> complete(directory(), EnumSet.of(program)).isPresent());
    return missing;
  }

  /**
   * Lets a source work in a folder of its own and takes over what it made. The caller holds the
   * {@link StoreLock}, so a staging folder that is there was left by a process that was killed.
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
      adopt(staging, destination);
    } finally {
      DirectoryTree.delete(staging);
    }
  }

  /** One rename for the folder or for each file: a reader sees a whole file or none. */
  private static void adopt(Path staging, Path destination) throws IOException {
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
