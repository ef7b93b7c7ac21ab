package ai.okchat.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.testing.FakeApiServer;
import ai.okchat.operator.testing.InMemoryApiServer;
import ai.okchat.operator.testing.MovingClock;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {
  private final MovingClock time = new MovingClock();
  @AutoClose private final FakeApiServer kubernetes = new FakeApiServer();
  private final ServerSideApply writes =
      new ServerSideApply(kubernetes.client(), WriteListener.NONE, time);

  @Test
  void objectFromBeforeTheWriteIsStale() {
    // When
    var written = version(writes.applyMetadata(chatbot(1)));

    // Then
    assertThat(
            List.of(
                writes.isStale(chatbot(written - 1)),
                writes.isStale(chatbot(written)),
                writes.isStale(chatbot(written + 1))))
        .containsExactly(true, false, false);
  }

  @Test
  @DisplayName("T35: an object is stale until the cache shows that its finalizer was removed")
  void objectFromBeforeTheFinalizerRemovalIsStale() {
    // Given
    try (var stored = new InMemoryApiServer(time)) {
      var manifest = chatbot(1);
      manifest.addFinalizer("okchat.ai/finalizer");
      var held = stored.create(manifest);
      var own = new ServerSideApply(stored.client(), WriteListener.NONE, time);

      // When
      own.removeFinalizer(held, "okchat.ai/finalizer");

      // Then
      var now = stored.find(Chatbot.class, "team-a", "support").orElseThrow();
      assertThat(now.getFinalizers()).isEmpty();
      assertThat(List.of(own.isStale(held), own.isStale(now))).containsExactly(true, false);
    }
  }

  /** As the garbage collector does with the finalizer of a foreground deletion. */
  @Test
  void objectFromAnotherWriteBeforeTheFinalizerRemovalIsStale() {
    // Given
    try (var stored = new InMemoryApiServer(time)) {
      var manifest = chatbot(1);
      manifest.getMetadata().setFinalizers(List.of("okchat.ai/finalizer", "foregroundDeletion"));
      var held = stored.create(manifest);
      var own = new ServerSideApply(stored.client(), WriteListener.NONE, time);
      var edited =
          stored.edit(
              held,
              object ->
                  object.withObject("/metadata").putArray("finalizers").add("okchat.ai/finalizer"));

      // When
      own.removeFinalizer(held, "okchat.ai/finalizer");

      // Then
      var now = stored.find(Chatbot.class, "team-a", "support").orElseThrow();
      assertThat(now.getFinalizers()).isEmpty();
      assertThat(List.of(own.isStale(edited), own.isStale(now))).containsExactly(true, false);
    }
  }

  @Test
  @DisplayName(
      "T78: an object that stays older than the operator's write for ten seconds is current")
  void restoredObjectIsStaleForTenSeconds() {
    // Given: the write was long ago.
    var written = version(writes.applyMetadata(chatbot(1)));
    time.passSeconds(3600);
    var restored = chatbot(written - 100);

    // When
    var first = writes.isStale(restored);
    time.passSeconds(9);
    var soon = writes.isStale(restored);
    time.passSeconds(1);
    var later = writes.isStale(restored);

    // Then
    assertThat(List.of(first, soon, later)).containsExactly(true, true, false);
    assertThat(writes.isStale(chatbot(written - 99))).isFalse();
  }

  @Test
  void currentCacheMayBecomeStaleAgain() {
    // Given
    var written = version(writes.applyMetadata(chatbot(1)));
    writes.isStale(chatbot(written - 1));
    time.passSeconds(9);
    writes.isStale(chatbot(written));
    time.passSeconds(9);

    // When
    var isStale = writes.isStale(chatbot(written - 1));

    // Then
    assertThat(isStale).isTrue();
  }

  private static long version(Chatbot chatbot) {
    return Long.parseLong(chatbot.getMetadata().getResourceVersion());
  }

  private static Chatbot chatbot(long version) {
    var chatbot = new Chatbot();
    chatbot.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("team-a")
            .withName("support")
            .withUid("uid-1")
            .withResourceVersion(Long.toString(version))
            .build());
    return chatbot;
  }
}
