package ai.okchat.operator.knowledge.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.client.Sha256;
import ai.okchat.operator.fetch.TemporarySpace;
import ai.okchat.planning.document.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bytes that wait to be sent, in memory and beside it. */
class WorkspaceTest {

  private static final int MIB = 1024 * 1024;

  private final Workspace workspace = new Workspace(TemporarySpace.unlimited());

  @AfterEach
  void end() {
    workspace.close();
  }

  @Test
  void readsContentAboveTheMemoryLimitCompletely() throws IOException {
    // Given
    var documents = IntStream.range(0, 9).mapToObj(index -> random(index, MIB + index)).toList();

    // When
    var kept = new Content[documents.size()];
    for (var i = 0; i < kept.length; i++) {
      kept[i] = workspace.keep(documents.get(i));
    }
    workspace.finish();

    // Then
    for (var i = 0; i < kept.length; i++) {
      assertThat(bytesOf(kept[i])).isEqualTo(documents.get(i));
      assertThat(kept[i].length()).isEqualTo(MIB + i);
      assertThat(kept[i].digest()).isEqualTo(Sha256.of(documents.get(i)));
    }
  }

  /** Otherwise a source of 100 MiB would occupy 100 MiB of the heap until it is sent. */
  @Test
  void keepsNoContentOfTheFileInMemory() throws IOException {
    // Given
    workspace.keep(random(1, MIB));
    var bytes = random(2, MIB);
    var given = new WeakReference<>(bytes);

    // When
    var kept = workspace.keep(bytes);
    bytes = null;

    // Then
    Awaitility.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(given.get()).isNull();
            });
    workspace.finish();
    assertThat(bytesOf(kept)).isEqualTo(random(2, MIB));
  }

  @Test
  void storesStreamsAndBytesTogether() throws IOException {
    // Given
    var large = random(1, 4 * MIB);
    var longer = random(2, 100_000);
    var shorter = "short".getBytes(UTF_8);
    var last = random(3, 10);

    // When
    var kept =
        List.of(
            workspace.keep(large),
            workspace.keep(new ByteArrayInputStream(longer), MIB),
            workspace.keep(new ByteArrayInputStream(shorter), MIB),
            workspace.keep(last));
    workspace.finish();

    // Then
    assertThat(kept.stream().map(WorkspaceTest::bytesOf))
        .containsExactly(large, longer, shorter, last);
    assertThat(kept.get(1).digest()).isEqualTo(Sha256.of(longer));
  }

  @Test
  void removesContentThatIsTooLong() throws IOException {
    // Given
    var before = workspace.keep(new ByteArrayInputStream("before".getBytes(UTF_8)), MIB);

    // When
    for (var length : List.of(11, 200_000)) {
      assertThatExceptionOfType(Workspace.TooLongException.class)
          .isThrownBy(
              () -> workspace.keep(new ByteArrayInputStream(new byte[length]), length - 1L));
    }
    var after = workspace.keep(new ByteArrayInputStream("after".getBytes(UTF_8)), MIB);
    workspace.finish();

    // Then
    assertThat(bytesOf(before)).isEqualTo("before".getBytes(UTF_8));
    assertThat(bytesOf(after)).isEqualTo("after".getBytes(UTF_8));
    assertThat(workspace.newFolder().resolveSibling("contents")).hasSize(11);
  }

  @Test
  void readsPartEachTimeThatItIsOpened() throws IOException {
    // Given
    var document = random(1, 70_000);
    var kept = workspace.keep(new ByteArrayInputStream(document), MIB);
    workspace.finish();

    // When
    try (var one = kept.source().open();
        var other = kept.source().open()) {
      var begin = one.readNBytes(10);

      // Then
      assertThat(other.readAllBytes()).isEqualTo(document);
      assertThat(one.read()).isEqualTo(Byte.toUnsignedInt(document[10]));
      assertThat(begin).isEqualTo(Arrays.copyOf(document, 10));
    }
  }

  private static byte[] bytesOf(Content content) {
    try (var stream = content.source().open()) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] random(int seed, int length) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
