package ai.okchat.localcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the programs with Go, from the module files in this jar. They pin every source by hash, so
 * the build is the same on every machine. The first build takes minutes.
 */
record GoBuild(Map<String, String> environment, Progress progress) implements BinarySource {

  private static final List<String> MODULE_FILES = List.of("go.mod", "go.sum", "tools.go");

  @Override
  public String title() {
    return "build with Go";
  }

  @Override
  public String fill(Path staging, Set<Program> programs) throws Unavailable {
    var go = findGo().orElseThrow(() -> new Unavailable("there is no `go` on the PATH"));
    try {
      var modules = Files.createTempDirectory("okchat-go-modules-");
      try {
        buildAll(go, modules, staging, programs);
      } finally {
        DirectoryTree.delete(modules);
      }
    } catch (IOException e) {
      throw new Unavailable(e.toString());
    }
    return BinaryStore.KUBERNETES_VERSION;
  }

  private void buildAll(Path go, Path modules, Path staging, Set<Program> programs)
      throws IOException, Unavailable {
    var step = 0;
    // In the order of the enum: etcd builds fast, so a Go that does not work fails early.
    for (var program : EnumSet.copyOf(programs)) {
      step++;
      var module = unpack(program.goModule(), modules);
      var line =
          "step %d of %d: building %s with Go".formatted(step, programs.size(), program.fileName());
      progress.say(line + " (needed once on this machine; all together take about ten minutes)");
      try (var heartbeat = progress.heartbeat(line, Duration.ofSeconds(15))) {
        run(command(go, program, staging), module);
        if (program.crdFolder().isPresent()) {
          writeCrds(program, sourceOf(go, program, module), staging);
        }
        progress.say(line + " ... done in " + Heartbeat.text(heartbeat.elapsed()));
      }
    }
  }

  /** Asks Go for the folder of the module that has the program. */
  private static Path sourceOf(Path go, Program program, Path module) throws Unavailable {
    var format = "{{.Module.Dir}}";
    var list = List.of(go.toString(), "list", "-mod=readonly", "-f", format, program.goPackage());
    var output = run(list, module);
    return Path.of(output.substring(output.lastIndexOf('\n') + 1));
  }

  private static void writeCrds(Program program, Path source, Path staging) throws IOException {
    var crds = new StringBuilder();
    var folder = source.resolve(program.crdFolder().orElseThrow());
    try (var files = Files.list(folder)) {
      for (var file : files.sorted().toList()) {
        var text = Files.readString(file);
        if (text.contains("kind: CustomResourceDefinition")) {
          crds.append("---\n").append(text).append('\n');
        }
      }
    }
    Files.writeString(staging.resolve(program.crdsFileName()), crds);
  }

  /** Runs Go in the folder of the module files, and returns the end of its output. */
  private static String run(List<String> command, Path module) throws Unavailable {
    var log = module.resolve("build.log");
    var builder = new ProcessBuilder(command).directory(module.toFile());
    builder.environment().put("CGO_ENABLED", "0");
    builder.environment().put("GOWORK", "off");
    try (var build = GuardedProcess.start("go build", builder, log)) {
      if (build.awaitExit() != 0) {
        throw new Unavailable("`" + String.join(" ", command) + "` failed:\n" + build.logTail());
      }
      return build.logTail();
    }
  }

  private static List<String> command(Path go, Program program, Path staging) {
    var command = new ArrayList<>(List.of(go.toString(), "build", "-mod=readonly", "-trimpath"));
    command.addAll(program.buildFlags());
    command.add("-ldflags");
    command.add(String.join(" ", program.linkerFlags(BinaryStore.KUBERNETES_VERSION)));
    command.add("-o");
    command.add(staging.resolve(program.fileName()).toAbsolutePath().toString());
    command.add(program.goPackage());
    return command;
  }

  private static Path unpack(String module, Path parent) throws IOException {
    var directory = Files.createDirectories(parent.resolve(module));
    for (var name : MODULE_FILES) {
      var resource = "binaries/" + module + "/" + name;
      try (var in = GoBuild.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IOException("the jar has no " + resource);
        }
        Files.write(directory.resolve(name), in.readAllBytes());
      }
    }
    return directory;
  }

  private Optional<Path> findGo() {
    return SearchPath.of(environment).find("go");
  }
}
