package ai.okchat.localcluster;

import java.nio.file.Path;
import java.util.Map;

/** The files of the programs. Contains at least {@link Program#BASIC}. */
record Binaries(Map<Program, Path> files) {

  Binaries {
    files = Map.copyOf(files);
    if (!files.keySet().containsAll(Program.BASIC)) {
      throw new IllegalArgumentException("needs " + Program.BASIC + ", has " + files.keySet());
    }
  }

  /** Returns the file of a requested program. */
  Path file(Program program) {
    var file = files.get(program);
    if (file == null) {
      throw new IllegalArgumentException(program.fileName() + " was not asked for");
    }
    return file;
  }

  /** Returns the folder of the three basic programs. */
  Path directory() {
    return file(Program.KUBE_APISERVER).toAbsolutePath().resolveSibling("");
  }
}
