package ai.okchat.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Provides all requested programs, or fails with the given reason. */
final class FakeSource implements BinarySource {

  private final String title;
  private final String reasonForNothing;
  final AtomicInteger calls = new AtomicInteger();
  final EnumSet<Program> asked = EnumSet.noneOf(Program.class);

  FakeSource(String title, String reasonForNothing) {
    this.title = title;
    this.reasonForNothing = reasonForNothing;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String fill(Path staging, Set<Program> programs) throws Unavailable {
    calls.incrementAndGet();
    asked.addAll(programs);
    if (!reasonForNothing.isEmpty()) {
      throw new Unavailable(reasonForNothing);
    }
    folderWith(staging, programs);
    return BinaryStore.KUBERNETES_VERSION;
  }

  /** Files that can be run, with the names of the programs. */
  static Path folderWith(Path folder, Set<Program> programs) {
    try {
      Files.createDirectories(folder);
      for (var program : programs) {
        var file = folder.resolve(program.fileName());
        Files.writeString(file, "#!/bin/sh\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
      }
      return folder;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
