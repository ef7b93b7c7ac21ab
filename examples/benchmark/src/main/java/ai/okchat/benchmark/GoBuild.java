package ai.okchat.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Builds the Go controller with the Go of this machine, which is optional. */
record GoBuild(Path project, Report report) {

  private static final String NAME = "controller-runtime-peer";

  /** Returns the program; empty if it cannot be built, and then a figure has the cause. */
  Optional<Path> run() {
    var target = project.resolve("examples/benchmark/target");
    report.say("Building the Go controller (needed once: minutes)");
    try {
      Files.createDirectories(target);
      var log = target.resolve("go-build.log");
      var program = target.resolve(NAME);
      var status = start(program, log).waitFor();
      return status == 0 ? Optional.of(program) : missing("`go build` failed: see " + log);
    } catch (IOException noGo) {
      return missing("there is no `go` on the PATH");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private Process start(Path program, Path log) throws IOException {
    var build =
        new ProcessBuilder(
                List.of("go", "build", "-mod=readonly", "-trimpath", "-o", program.toString(), "."))
            .directory(project.resolve("examples/benchmark").resolve(NAME).toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    build.environment().put("GOCACHE", program.resolveSibling("go-build").toString());
    build.environment().put("GOWORK", "off");
    return build.start();
  }

  private Optional<Path> missing(String cause) {
    report.add(Figure.told("applied at once", "the Go controller", "not built: " + cause));
    return Optional.empty();
  }
}
