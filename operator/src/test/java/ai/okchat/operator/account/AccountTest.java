package ai.okchat.operator.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.client.ApiKey;
import ai.okchat.client.CallObserver;
import ai.okchat.client.Endpoint;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatClient;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.scheduling.BackgroundPermits;
import ai.okchat.operator.testing.MovingClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // The server is started before each test.
class AccountTest {
  private static final String NO_BOTS = "{\"chatbots\": []}";

  private final MovingClock clock = new MovingClock();
  private final RecordedNews news = new RecordedNews();
  private final MockWebServer backend = new MockWebServer();
  private Account account;

  @BeforeEach
  void start() throws IOException {
    backend.start();
    account =
        new Account(
            id(),
            client("first"),
            news,
            new BackgroundPermits(10),
            clock,
            clock,
            new InventoryQuota().share("team"));
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  @Test
  void returnsResultOfTheRequest() {
    // Given
    backend.enqueue(answer(200, NO_BOTS));

    // When
    var bots = account.call(OkChatClient::listChatbots);

    // Then
    assertThat(bots).isEmpty();
    assertThat(account.rateLimitedUntil()).isEmpty();
  }

  @Test
  void sendsNothingUntilRetryAfterHasPassed() {
    // Given
    backend.enqueue(limited("7"));
    fails();
    clock.passSeconds(2);

    // When
    var rejection = fails();

    // Then
    assertThat(rejection.kind()).isEqualTo(FailureKind.RATE_LIMITED);
    assertThat(rejection.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(rejection.mayHaveBeenApplied()).isFalse();
    assertThat(account.rateLimitedUntil()).contains(MovingClock.START.plusSeconds(7));
    assertThat(backend.getRequestCount()).isEqualTo(1);
  }

  @Test
  void throttlesEveryKindOfRequest() {
    // Given
    backend.enqueue(limited("7"));
    fails();

    // When
    var ofInventory = account.inventory().refresh();

    // Then
    assertThat(ofInventory).map(OkChatException::kind).contains(FailureKind.RATE_LIMITED);
    assertThat(backend.getRequestCount()).isEqualTo(1);
  }

  @Test
  void throttlingEndsByItself() {
    // Given
    backend.enqueue(limited("7"));
    backend.enqueue(answer(200, NO_BOTS));
    fails();

    // When
    clock.passSeconds(7);
    var bots = account.call(OkChatClient::listChatbots);

    // Then
    assertThat(bots).isEmpty();
    assertThat(account.rateLimitedUntil()).isEmpty();
  }

  @Test
  void throttlesForHalfAMinuteWithoutRetryAfter() {
    // Given
    backend.enqueue(answer(429, "{\"error\": \"Too many requests\"}"));

    // When
    fails();

    // Then
    assertThat(account.rateLimitedUntil()).contains(MovingClock.START.plusSeconds(30));
  }

  @Test
  void throttledRequestsDoNotProlongThrottling() {
    // Given
    backend.enqueue(limited("7"));
    fails();

    // When
    for (var i = 0; i < 5; i++) {
      clock.passSeconds(1);
      fails();
    }

    // Then
    assertThat(account.rateLimitedUntil()).contains(MovingClock.START.plusSeconds(7));
  }

  @Test
  void doesNotThrottleAfterAnotherFailure() {
    // Given
    backend.enqueue(answer(503, "{\"error\": \"down\"}"));
    backend.enqueue(answer(200, NO_BOTS));
    fails();

    // When
    var bots = account.call(OkChatClient::listChatbots);

    // Then
    assertThat(bots).isEmpty();
    assertThat(account.rateLimitedUntil()).isEqualTo(Optional.empty());
  }

  @Test
  void keepsInventoryWhenTheConfigurationChanges() {
    // Given
    backend.enqueue(answer(200, "{\"chatbots\": [{\"id\": \"a\"}]}"));
    backend.enqueue(limited("7"));
    account.inventory().refresh();
    fails();

    // When
    account.reconfigure(client("first"), 100, 100);

    // Then
    assertThat(account.inventory().bot("a")).isPresent();
    assertThat(account.rateLimitedUntil()).contains(MovingClock.START.plusSeconds(7));
  }

  @Test
  @DisplayName(
      "T75: an open circuit half-opens by time, and a success triggers the objects that wait")
  void recoversWithoutAListWhenTheBackendWorksAgain() {
    // Given: no list is sent meanwhile.
    for (var i = 0; i < CircuitBreaker.TOLERATED; i++) {
      backend.enqueue(answer(503, "{\"error\": \"down\"}"));
      fails();
    }
    var whileOpen = fails();
    var shown = account.rejection();
    backend.enqueue(answer(404, "{\"error\": \"no such bot\"}"));

    // When
    clock.pass(CircuitBreaker.FIRST_WAIT);
    account.call(client -> client.getChatbot("a"));

    // Then
    assertThat(whileOpen)
        .hasMessage(
            "Tried to call at the backend but several requests in a row failed; requests are paused"
                + " and are tried again");
    assertThat(shown).map(OkChatException::getMessage).contains(whileOpen.getMessage());
    assertThat(news.lines()).containsExactly("failed", "listed [] [] recovered");
    assertThat(account.rejection()).isEmpty();
    assertThat(backend.getRequestCount()).isEqualTo(CircuitBreaker.TOLERATED + 1);
  }

  @Test
  @DisplayName("failures of single documents pause no requests")
  void continuesToSendWhenManyDocumentsFail() {
    // Given
    for (var i = 0; i < 3 * CircuitBreaker.TOLERATED; i++) {
      backend.enqueue(answer(503, "{\"error\": \"down\"}"));
      assertThatExceptionOfType(OkChatException.class)
          .isThrownBy(() -> account.call(client -> client.deleteKnowledge("a", "document")));
    }
    backend.enqueue(answer(200, NO_BOTS));

    // When
    var bots = account.call(OkChatClient::listChatbots);

    // Then
    assertThat(bots).isEmpty();
    assertThat(news.lines()).isEmpty();
  }

  @Test
  @DisplayName("T60: a list that cannot be read pauses no other request")
  void continuesToSendWhenListsCannotBeRead() {
    // Given
    for (var i = 0; i < 3 * CircuitBreaker.TOLERATED; i++) {
      backend.enqueue(answer(200, "{\"bots\": []}"));
      account.inventory().refresh();
    }
    backend.enqueue(answer(404, "{\"error\": \"no such bot\"}"));

    // When
    var deleted = account.call(client -> client.deleteChatbot("a"));

    // Then
    assertThat(deleted).isFalse();
    assertThat(account.inventory().failure())
        .map(OkChatException::kind)
        .contains(FailureKind.UNEXPECTED_RESPONSE);
  }

  @Test
  void interruptedThreadSendsNothing() {
    // Given
    account.reconfigure(client("first"), 0.001, 1);
    backend.enqueue(answer(200, NO_BOTS));
    account.call(OkChatClient::listChatbots);
    Thread.currentThread().interrupt();

    // When
    var rejection = fails();

    // Then
    assertThat(Thread.interrupted()).isTrue();
    assertThat(rejection.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(rejection.mayHaveBeenApplied()).isFalse();
    assertThat(backend.getRequestCount()).isEqualTo(1);
  }

  private OkChatException fails() {
    return assertThatExceptionOfType(OkChatException.class)
        .isThrownBy(() -> account.call(OkChatClient::listChatbots))
        .actual();
  }

  private AccountId id() {
    return AccountId.of(endpoint("first"));
  }

  private OkChatClient client(String key) {
    return new OkChatClient(new OkHttpClient(), endpoint(key), CallObserver.NONE);
  }

  private Endpoint endpoint(String key) {
    return new Endpoint(backend.url("/"), ApiKey.of(key), Duration.ofSeconds(20));
  }

  private static MockResponse limited(String retryAfter) {
    return answer(429, "{\"error\": \"Too many requests\"}")
        .newBuilder()
        .setHeader("Retry-After", retryAfter)
        .build();
  }

  private static MockResponse answer(int status, String json) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "application/json")
        .body(json)
        .build();
  }
}
