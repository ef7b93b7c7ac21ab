package ai.okchat.operator.knowledge.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Temporary folders that a process which was killed could not remove: the restarts of a container
 * share a temporary folder, and would fill it.
 */
public final class Leftovers {

  private static final String START = "okchat-source-";
  private static final Pattern NAME = Pattern.compile(START + "(\\d{1,18})-.*");

  private Leftovers() {}

  /** How the folders of this process are named. */
  static String prefix() {
    return START + ProcessHandle.current().pid() + "-";
  }

  /**
   * Removes those in {@code folder}. To be called before the first source is read: in a container
   * each process has the number that the one before it had.
   */
  public static void remove(Path folder) {
    try (var found = Files.newDirectoryStream(folder, START + "*")) {
      for (var each : found) {
        if (isLeftOver(each)) {
          Workspace.remove(each);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isLeftOver(Path folder) {
    var name = NAME.matcher(folder.getFileName().toString());
    if (!name.matches()) {
      return false;
    }
    var pid = Long.parseLong(name.group(1));
    return pid == ProcessHandle.current().pid()
        || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
  }
}
