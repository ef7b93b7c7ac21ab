package ai.okchat.operator.account;

import static ai.okchat.operator.account.ListedBots.bot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.scheduling.MonotonicTime;
import ai.okchat.operator.testing.MovingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers that need a list now share one request, sent after the last of them asked for it. */
@Timeout(30)
class InventorySharingTest {
  private final ListedBots backend = new ListedBots();
  private final MovingClock clock = new MovingClock();
  private final Inventory inventory =
      new Inventory(
          new AccountId("https://backend", "digest"),
          backend,
          new RecordedNews(),
          clock,
          clock,
          new InventoryQuota().share("team"));
  private final CountDownLatch underWay = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    mayAnswer.countDown();
    callers.close();
  }

  @Test
  void callersDuringAListShareTheNextOne() throws Exception {
    // Given
    backend.answers(bot("a"));
    backend.meanwhile(this::waitForTheTest);
    var first = callers.submit(inventory::refresh);
    underWay.await();

    // When
    var later = startMany(inventory, 50);
    backend.answers(bot("a"), bot("made-meanwhile"));
    mayAnswer.countDown();

    // Then
    assertThat(first.get()).isEmpty();
    for (var caller : later) {
      assertThat(caller.get()).isEmpty();
    }
    assertThat(backend.asked()).isEqualTo(2);
    assertThat(inventory.bot("made-meanwhile")).isPresent();
  }

  @Test
  void callersShareTheFailureOfAList() throws Exception {
    // Given
    backend.answers(bot("a"));
    backend.meanwhile(this::waitForTheTest);
    var _ = callers.submit(inventory::refresh);
    underWay.await();

    // When
    var later = startMany(inventory, 50);
    backend.fails(FailureKind.UNAVAILABLE);
    mayAnswer.countDown();

    // Then
    for (var caller : later) {
      assertThat(caller.get()).map(OkChatException::kind).contains(FailureKind.UNAVAILABLE);
    }
    assertThat(backend.asked()).isEqualTo(2);
  }

  @Test
  void callerThatAcceptsAnyListWaitsForTheRunningOne() throws Exception {
    // Given
    backend.answers(bot("a"));
    backend.meanwhile(this::waitForTheTest);
    var first = callers.submit(inventory::ensureRequested);
    underWay.await();

    // When
    var second = callers.submit(inventory::ensureRequested);
    mayAnswer.countDown();

    // Then
    assertThat(List.of(first.get(), second.get()))
        .containsExactly(Optional.empty(), Optional.empty());
    assertThat(backend.asked()).isEqualTo(1);
  }

  @Test
  @DisplayName("T83: two lists begin a second apart, and callers in between share the later one")
  void listsBeginASecondApart() {
    // Given: a time that passes only while a thread sleeps.
    var time = new SleptTime();
    var spaced =
        new Inventory(
            new AccountId("https://backend", "digest"),
            backend,
            new RecordedNews(),
            clock,
            time,
            new InventoryQuota().share("team"));
    time.meanwhile(
        () -> {
          var _ = startMany(spaced, 1);
        });
    spaced.refresh();

    // When
    spaced.refresh();
    spaced.refresh();

    // Then
    assertThat(time.slept()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertThat(backend.asked()).isEqualTo(3);
  }

  @Test
  @DisplayName("T83: the lookups of many slugs share the list that begins after them")
  void lookupsOfManySlugsShareOneList() {
    // Given
    inventory.refresh();
    var slugs = IntStream.range(0, 100).mapToObj(number -> "support-" + number).toList();

    // When
    var first = slugs.stream().map(inventory::refreshFor).toList();
    clock.passSeconds(1);
    var second = slugs.stream().map(inventory::refreshFor).toList();

    // Then
    assertThat(first).containsOnly(Duration.ofSeconds(1));
    assertThat(second).containsOnly(Duration.ZERO);
    assertThat(backend.asked()).isEqualTo(2);
  }

  @Test
  @DisplayName("T83: a lookup uses no list that began before it, or that may be outdated")
  void lookupNeedsANewList() {
    // Given
    clock.passSeconds(1);
    inventory.refreshFor("first");
    inventory.announceLookup("announced-late");
    inventory.announceLookup("waits-long");
    clock.passSeconds(1);
    var late = inventory.refreshFor("announced-late");
    var lists = backend.asked();

    // When
    clock.pass(Inventory.LIST_LAG.plusSeconds(1));
    var waited = inventory.refreshFor("waits-long");
    var again = inventory.refreshFor("first");

    // Then
    assertThat(List.of(late, waited, again))
        .containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1));
    assertThat(lists).isEqualTo(2);
    assertThat(backend.asked()).isEqualTo(3);
  }

  @Test
  @DisplayName("T83: a lookup does not wait for a list under way, which may lack the bot")
  void lookupDuringAListDoesNotWait() throws Exception {
    // Given
    backend.meanwhile(this::waitForTheTest);
    var list = callers.submit(inventory::refresh);
    underWay.await();

    // When
    var during = inventory.refreshFor("support");
    mayAnswer.countDown();
    list.get();
    var after = inventory.refreshFor("support");
    clock.passSeconds(1);
    var next = inventory.refreshFor("support");

    // Then
    assertThat(List.of(during, after, next))
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO);
    assertThat(backend.asked()).isEqualTo(2);
  }

  @Test
  void lookupsShareTheFailureOfAList() {
    // Given
    inventory.announceLookup("support");
    inventory.announceLookup("sales");
    backend.fails(FailureKind.UNAVAILABLE);

    // When
    var waits = List.of(inventory.refreshFor("support"), inventory.refreshFor("sales"));

    // Then
    assertThat(waits).containsOnly(Duration.ZERO);
    assertThat(inventory.failure()).map(OkChatException::kind).contains(FailureKind.UNAVAILABLE);
    assertThat(backend.asked()).isEqualTo(1);
  }

  @Test
  @DisplayName("C5: a defect in a shared list does not make the old list a new one")
  void doesNotReturnOldListAfterADefect() throws Exception {
    // Given
    backend.answers(bot("a"));
    inventory.refresh();
    backend.meanwhile(this::waitForTheTest);
    backend.isDefective(true);
    var first = callers.submit(inventory::refresh);
    underWay.await();
    var later = startMany(inventory, 2);

    // When
    mayAnswer.countDown();

    // Then: no object is triggered by the new list.
    assertThatThrownBy(first::get).hasRootCauseMessage("A defect of ours");
    for (var caller : later) {
      assertThatThrownBy(caller::get).hasRootCauseMessage("A defect of ours");
    }
  }

  /** Time that passes only while a thread sleeps. */
  private static final class SleptTime implements MonotonicTime {
    private final List<Duration> slept = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private Runnable meanwhile = () -> {};

    void meanwhile(Runnable action) {
      meanwhile = action;
    }

    List<Duration> slept() {
      return List.copyOf(slept);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void sleep(Duration duration) {
      slept.add(duration);
      now = now.plus(duration);
      meanwhile.run();
    }
  }

  /** Returns when all of them are blocked. */
  private static List<FutureTask<Optional<OkChatException>>> startMany(Inventory asked, int count) {
    var tasks = Stream.generate(() -> new FutureTask<>(asked::refresh)).limit(count).toList();
    var threads = tasks.stream().map(task -> Thread.ofPlatform().start(task)).toList();
    Awaitility.await()
        .pollInterval(5, TimeUnit.MILLISECONDS)
        .until(
            () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.BLOCKED));
    return tasks;
  }

  private void waitForTheTest() {
    underWay.countDown();
    try {
      mayAnswer.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
