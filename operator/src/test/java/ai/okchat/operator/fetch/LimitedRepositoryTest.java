package ai.okchat.operator.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packs that are not accepted. */
class LimitedRepositoryTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {LimitedRepository.MOST_OBJECTS + 1, Integer.MAX_VALUE, -1})
  @DisplayName("T62: a pack that declares too many objects is rejected before it is read")
  void rejectsNumberOfObjectsAboveLimit(int objects) {
    assertThatExceptionOfType(GitBudget.ExceededException.class)
        .isThrownBy(() -> parse(objects, Long.MAX_VALUE))
        .withMessage(
            "its pack has %d objects of at most 250000".formatted(Integer.toUnsignedLong(objects)));
  }

  @Test
  @DisplayName("T62: the index of a pack counts as used space of the temporary folder")
  void allocatesSpaceForTheIndex() {
    assertThatExceptionOfType(TemporarySpace.FullException.class)
        .isThrownBy(() -> parse(LimitedRepository.MOST_OBJECTS, 8_000_000));
  }

  private void parse(int objects, long folderBytes) throws IOException {
    var header =
        ByteBuffer.allocate(12).put("PACK".getBytes(ISO_8859_1)).putInt(2).putInt(objects).array();
    var room = new TemporarySpace(folderBytes).of("team").share();
    var permit = new UnpackPermit(new Semaphore(1), Duration.ZERO);
    try (var repository = LimitedRepository.create(folder, 1000, room, permit);
        var inserter = repository.newObjectInserter()) {
      inserter
          .newPackParser(new ByteArrayInputStream(header))
          .parse(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE);
    }
  }
}
