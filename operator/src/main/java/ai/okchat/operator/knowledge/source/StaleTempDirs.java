package ai.okchat.operator.knowledge.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Removes the temporary folders that a killed process could not remove: the restarts of a container
 * share a temporary folder, and would fill it.
 */
public final class StaleTempDirs {

  private static final String START = "okchat-source-";
  private static final Pattern NAME = Pattern.compile(START + "(\\d{1,18})-.*");

  private StaleTempDirs() {}

  /** Returns the prefix of the folder names of this process. */
  static String prefix() {
    return START + ProcessHandle.current().pid() + "-";
  }

  /**
   * Removes the stale folders in {@code folder}. To be called before the first source is read: in a
   * container each process has the same PID as the one before it.
   */
  public static void remove(Path folder) {
    try (var found = Files.newDirectoryStream(folder, START + "*")) {
      for (var candidate : found) {
        if (isStale(candidate)) {
          Workspace.remove(candidate);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isStale(Path folder) {
    var name = NAME.matcher(folder.getFileName().toString());
    if (!name.matches()) {
      return false;
    }
    var pid = Long.parseLong(name.group(1));
    return pid == ProcessHandle.current().pid()
        || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
  }
}
