package ai.okchat.operator.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.operator.fetch.BuiltPack.Entry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packs that are stored, and packs that need more memory or time than they may. */
class LimitedPackParserTest {

  private static final int LENGTH = 1000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir private Path folder;
  private final BuiltPack pack = new BuiltPack();

  @ParameterizedTest
  @ValueSource(ints = {LimitedPackParser.MOST_OBJECTS + 1, Integer.MAX_VALUE, -1})
  @DisplayName("T62: a pack that declares too many objects is rejected before it is read")
  void rejectsNumberOfObjectsAboveLimit(int objects) {
    assertThatExceptionOfType(GitBudget.ExceededException.class)
        .isThrownBy(() -> parse(header(objects), LENGTH, MINUTE, Long.MAX_VALUE))
        .withMessage(
            "its pack has %d objects of at most 250000".formatted(Integer.toUnsignedLong(objects)));
  }

  @Test
  @DisplayName("T62: the index of a pack counts as used space of the temporary folder")
  void allocatesSpaceForTheIndex() {
    assertThatExceptionOfType(TemporarySpace.FullException.class)
        .isThrownBy(() -> parse(header(LimitedPackParser.MOST_OBJECTS), LENGTH, MINUTE, 8_000_000));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("T62: a long chain of deltas that needs no memory is read")
  void readsChainWithoutBranches(boolean byName) throws IOException {
    // Given
    var entries = new ArrayList<Entry>();
    entries.add(pack.add(Constants.OBJ_BLOB, text(LENGTH)));
    for (var i = 0; i < 50; i++) {
      entries.add(pack.addDelta(entries.getLast(), i, byName));
    }

    // When, Then
    assertReadable(entries);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("T62: many deltas on one object are read")
  void readsManyDeltasOnOneObject(boolean byName) throws IOException {
    // Given
    var entries = new ArrayList<Entry>();
    var base = pack.add(Constants.OBJ_BLOB, text(LENGTH));
    entries.add(base);
    for (var i = 0; i < 50; i++) {
      entries.add(pack.addDelta(base, i, byName));
    }

    // When, Then
    assertReadable(entries);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("T62: a chain of deltas with branches that needs too much memory is rejected")
  void rejectsBranchesThatNeedTooMuchMemory(boolean byName) throws IOException {
    // Given
    var base = pack.add(Constants.OBJ_BLOB, text(LENGTH));
    for (var depth = 0; depth < 20; depth++) {
      var next = pack.addDelta(base, 2 * depth, byName);
      pack.addDelta(base, 2 * depth + 1, byName);
      base = next;
    }

    // When, Then
    assertThatExceptionOfType(GitBudget.ExceededException.class)
        .isThrownBy(() -> parse(pack.bytes(), LENGTH, MINUTE, Long.MAX_VALUE))
        .withMessage("a chain of deltas needs 3000 bytes of memory of at most 2000");
  }

  @Test
  @DisplayName("T62: branches that are resolved one after another need no memory")
  void readsBranchesThatFitIntoMemory() throws IOException {
    // Given
    var entries = new ArrayList<Entry>();
    var base = pack.add(Constants.OBJ_BLOB, text(LENGTH));
    entries.add(base);
    for (var branch = 0; branch < 10; branch++) {
      var first = pack.addDelta(base, branch, branch % 2 == 0);
      entries.add(first);
      entries.add(pack.addDelta(first, 100 + branch, branch % 3 == 0));
    }

    // When, Then
    assertReadable(entries, 2 * LENGTH);
  }

  @Test
  @DisplayName("T62: more deltas one after another than git permits are rejected")
  void rejectsLongChain() throws IOException {
    // Given
    var last = pack.add(Constants.OBJ_BLOB, text(10));
    for (var i = 0; i <= DeltaMemory.MOST_IN_CHAIN; i++) {
      last = pack.addDelta(last, i, false);
    }

    // When, Then
    assertThatExceptionOfType(GitBudget.ExceededException.class)
        .isThrownBy(() -> parse(pack.bytes(), LENGTH, MINUTE, Long.MAX_VALUE))
        .withMessage("its pack has more than 4095 deltas one after another");
  }

  @Test
  @DisplayName("T62: a pack whose deltas take too long is rejected")
  void rejectsDeltasThatTakeTooLong() throws IOException {
    // Given
    pack.addDelta(pack.add(Constants.OBJ_BLOB, text(LENGTH)), 1, false);

    // When, Then
    assertThatExceptionOfType(GitBudget.ExceededException.class)
        .isThrownBy(() -> parse(pack.bytes(), LENGTH, Duration.ZERO, Long.MAX_VALUE))
        .withMessage("it needs more than 0 seconds");
  }

  @ParameterizedTest
  @ValueSource(ints = {Constants.OBJ_TREE, Constants.OBJ_COMMIT, Constants.OBJ_TAG})
  @DisplayName("T62: a folder or commit that is too long is rejected before it is in memory")
  void rejectsLongTree(int type) throws IOException {
    // Given
    var length = (int) LimitedPackParser.MOST_OF_TREE + 1;
    pack.add(type, new byte[length]);

    // When, Then
    assertThatExceptionOfType(GitBudget.ExceededException.class)
        .isThrownBy(() -> parse(pack.bytes(), 2L * length, MINUTE, Long.MAX_VALUE))
        .withMessage("it has a folder or commit of 2097153 bytes of at most 2097152");
  }

  private void assertReadable(List<Entry> entries) throws IOException {
    assertReadable(entries, LENGTH);
  }

  private void assertReadable(List<Entry> entries, long objectBytes) throws IOException {
    try (var repository = parse(pack.bytes(), objectBytes, MINUTE, Long.MAX_VALUE)) {
      for (var entry : entries) {
        assertThat(repository.open(entry.id()).getBytes()).isEqualTo(entry.content());
      }
    }
  }

  private static byte[] header(int objects) {
    return ByteBuffer.allocate(12)
        .put("PACK".getBytes(ISO_8859_1))
        .putInt(2)
        .putInt(objects)
        .array();
  }

  private LimitedRepository parse(byte[] bytes, long objectBytes, Duration time, long folderBytes)
      throws IOException {
    var room = new TemporarySpace(folderBytes).of("team").share();
    var permit = new UnpackPermit(new Semaphore(1), MINUTE);
    var limits = new GitLimits(1, objectBytes, Long.MAX_VALUE, time);
    var repository = LimitedRepository.create(folder, limits, room, permit);
    try (var inserter = repository.newObjectInserter()) {
      inserter
          .newPackParser(new ByteArrayInputStream(bytes))
          .parse(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE);
      return repository;
    }
  }

  private static byte[] text(int length) {
    var bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
