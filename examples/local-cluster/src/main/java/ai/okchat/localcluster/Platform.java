package ai.okchat.localcluster;

import java.util.Locale;

/** Names the platform of this machine like Go, for the folder names of kube-api-test. */
final class Platform {

  private Platform() {}

  /** Returns for example {@code -linux-amd64}. */
  static String suffix() {
    return suffix(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static String suffix(String osName, String architecture) {
    var os = osName.toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    var cpu =
        switch (architecture) {
          case "x86_64", "amd64" -> "amd64";
          case "aarch64", "arm64" -> "arm64";
          default -> architecture;
        };
    return "-" + os + "-" + cpu;
  }
}
