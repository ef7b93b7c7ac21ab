package ai.okchat.localcluster;

import java.nio.file.Path;
import java.util.Map;

/** Where each program was found. All of {@link Program#BASIC} are there. */
record Binaries(Map<Program, Path> files) {

  Binaries {
    files = Map.copyOf(files);
    if (!files.keySet().containsAll(Program.BASIC)) {
      throw new IllegalArgumentException("needs " + Program.BASIC + ", has " + files.keySet());
    }
  }

  /** The file of a program that was asked for. */
  Path file(Program program) {
    var file = files.get(program);
    if (file == null) {
      throw new IllegalArgumentException(program.fileName() + " was not asked for");
    }
    return file;
  }

  /** The folder of the basic three. */
  Path directory() {
    return file(Program.KUBE_APISERVER).toAbsolutePath().resolveSibling("");
  }
}
