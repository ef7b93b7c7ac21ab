package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.GENERATION;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.annotated;
import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.client.Sha256;
import ai.okchat.operator.fetch.SourceException;
import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.knowledge.source.Snapshot;
import ai.okchat.operator.knowledge.source.Source.Reading;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.MovingClock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readings of sources: of a page at intervals, of a ConfigMap in each reconciliation. */
class SourceCacheTest {

  private static final String REFRESH = "okchat.ai/refresh-requested-at";

  @AutoClose private final SourceScene scene = new SourceScene();
  @AutoClose private final ServedPages site = new ServedPages();
  private final MovingClock clock = scene.clock;
  private final SourceCache cache = scene.cache(Duration.ofMinutes(1));

  @BeforeEach
  void serve() throws IOException {
    site.start();
    site.serve("/hours.md", "Nine.");
  }

  @Test
  void readsAPageAgainWhenTheIntervalIsOver() {
    // Given
    read(web(""));
    site.serve("/hours.md", "Ten.");
    clock.pass(Duration.ofHours(1));

    // When
    var again = read(web(""));

    // Then
    assertThat(digests(again)).containsExactly(Sha256.of("Ten."));
    assertThat(site.requests()).containsExactly("GET /hours.md", "GET /hours.md unless Nine.");
  }

  @ParameterizedTest
  @CsvSource({"1s, PT1S", "5m, PT5M", "720h, PT720H"})
  void usesTheIntervalOfTheSpec(String interval, Duration duration) {
    // Given
    var source = web("refreshInterval: " + interval);
    read(source);

    // When
    clock.pass(duration.minusMillis(1));
    read(source);
    var before = site.requests().size();
    clock.pass(Duration.ofMillis(1));
    read(source);

    // Then
    assertThat(List.of(before, site.requests().size())).containsExactly(1, 2);
  }

  @Test
  @DisplayName("T66: an unchanged page is not sent again, and keeps no bytes")
  void copiesAnUnchangedPageWithoutItsBytes() {
    // Given
    read(web(""));
    clock.pass(Duration.ofHours(1));

    // When
    var again = read(web(""));

    // Then
    assertThat(digests(again)).containsExactly(Sha256.of("Nine."));
    assertThat(again.hasContent()).isFalse();
  }

  @Test
  @DisplayName("T65: links that the informers omit are read from the API server")
  void readsLinksThatTheInformersOmit() {
    // Given
    var stored = scene.create("web: {urls: ['%s']}".formatted(site.link("/hours.md")));
    var observed = source("web: {urls: ['']}");
    observed.setMetadata(stored.getMetadata());

    // When
    var read = read(observed);

    // Then
    assertThat(digests(read)).containsExactly(Sha256.of("Nine."));
  }

  @Test
  @DisplayName("T64: names and marks of all sources of a namespace have a limit in memory")
  void limitsNamesOfAllSources() {
    // Given
    var weight = read(web("")).weight();
    var small = scene.cache(Duration.ofMinutes(1), 3 * weight);
    var other = web("");
    other.getMetadata().setUid("other");
    small.of(web(""));

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> small.of(other))
        .withMessage(
            "The names of its documents do not fit into the memory of the operator, of which the"
                + " sources of one namespace may use %d bytes for names. Make the source smaller,"
                + " or give the operator more memory.",
            3 * weight / 2)
        .matches(SourceException::isTransient);
    small.forget(web(""));
    assertThat(small.of(other)).isPresent();
  }

  @Test
  @DisplayName("T64: a source whose names alone exceed the limit is rejected")
  void rejectsSourceWithTooManyNames() {
    // Given
    var small = scene.cache(Duration.ofMinutes(1), 100);

    // When, Then
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> small.of(web("")))
        .matches(failure -> !failure.isTransient());
  }

  @Test
  @DisplayName("T94: a site gets no request with the token of a ServiceAccount")
  void sendsNoRequestWithASecretOfAnotherType() {
    // Given
    scene.kubernetes.create(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("team")
            .withName("token")
            .endMetadata()
            .withType("kubernetes.io/service-account-token")
            .addToData("token", "cGxhbnRlZA==")
            .build());
    var source =
        source(
            "web: {urls: ['%s'], headersSecretRef: {name: token}}"
                .formatted(site.link("/hours.md")));

    // When
    var reading = cache.of(source);

    // Then
    assertThat(reading)
        .get()
        .isInstanceOfSatisfying(
            Reading.Missing.class,
            missing ->
                assertThat(missing.failure().reason()).isEqualTo(Reason.ReferenceNotPermitted));
    assertThat(site.requests()).isEmpty();
  }

  @Test
  void closesTheReadingThatALaterOneReplaces() {
    // Given
    var first = read(web(""));
    clock.pass(Duration.ofHours(1));

    // When
    read(web(""));

    // Then
    assertThat(first.hasContent()).isFalse();
  }

  @Test
  void readsAllBytesAgainAfterAChangeOfTheSpec() {
    // Given
    read(web(""));
    var edited = web("");
    edited.getMetadata().setGeneration(GENERATION + 1);

    // When
    var again = read(edited);

    // Then
    assertThat(again.hasContent()).isTrue();
    assertThat(site.requests()).containsExactly("GET /hours.md", "GET /hours.md");
  }

  @Test
  void readsOnceForEachRequest() {
    // Given
    var requested = annotated(web(""), Map.of(REFRESH, "one"));
    var requestedAgain = annotated(web(""), Map.of(REFRESH, "two"));

    // When
    var reads =
        Stream.of(web(""), requested, requested, requestedAgain, requestedAgain)
            .map(
                source -> {
                  read(source);
                  return site.requests().size();
                })
            .toList();

    // Then
    assertThat(reads).containsExactly(1, 2, 2, 3, 3);
  }

  @Test
  void readsOnceForASourceThatIsCreatedAgain() {
    // Given
    read(web(""));
    var recreated = web("");
    recreated.getMetadata().setUid("uid-2");

    // When
    var again = read(recreated);

    // Then
    assertThat(again.hasContent()).isTrue();
    assertThat(site.requests()).containsExactly("GET /hours.md", "GET /hours.md");
  }

  @Test
  void readsAConfigMapInEachReconciliation() {
    // Given
    var configMap = scene.kubernetes.create(configMap("Nine."));
    var source = source("configMap: {name: handbook}");
    var first = read(source);
    scene.kubernetes.edit(configMap, object -> object.withObject("/data").put("hours.md", "Ten."));

    // When
    var again = read(source);

    // Then
    assertThat(digests(first)).containsExactly(Sha256.of("Nine."));
    assertThat(digests(again)).containsExactly(Sha256.of("Ten."));
  }

  @Test
  void dropsTheReadingOfAConfigMapThatNoLongerExists() {
    // Given
    var configMap = scene.kubernetes.create(configMap("Nine."));
    var source = source("configMap: {name: handbook}");
    var first = read(source);
    scene.kubernetes.lose(configMap);
    clock.passSeconds(600);

    // When
    var again = cache.of(source);

    // Then
    assertThat(again)
        .isEqualTo(
            Optional.of(
                new Reading.Missing(
                    Failure.referenceNotFound(
                        "spec.configMap names the ConfigMap handbook, which does not exist. Create"
                            + " it, or name another."))));
    assertThat(first.hasContent()).isFalse();
    assertThat(cache.at(source)).isEqualTo(clock.instant());
  }

  @Test
  void keepsTheLastReadingWhenTheNextOneFails() {
    // Given
    read(web(""));
    site.fail("/robots.txt");
    var edited = web("");
    edited.getMetadata().setGeneration(GENERATION + 1);
    clock.passSeconds(600);

    // When
    var failure =
        assertThatExceptionOfType(SourceException.class).isThrownBy(() -> cache.of(edited));

    // Then
    failure.withMessage("None of the pages of spec.web can be reached.");
    assertThat(cache.at(edited)).isEqualTo(MovingClock.START);
    assertThat(read(web("")).hasContent()).isTrue();
  }

  @Test
  @DisplayName("T68: a source that is being fetched has no reading, and one fetch")
  void returnsNothingWhileAPageIsFetched() {
    // Given
    var impatient = scene.cache(Duration.ZERO);
    site.hold();

    // When
    var first = impatient.of(web(""));
    var second = impatient.of(web(""));
    clock.passSeconds(30);
    site.release();
    var third =
        Awaitility.await().until(() -> impatient.of(web("")), reading -> reading.isPresent());

    // Then
    assertThat(List.of(first, second)).containsExactly(Optional.empty(), Optional.empty());
    assertThat(third.map(SourceCacheTest::snapshot).map(SourceCacheTest::digests))
        .isEqualTo(Optional.of(List.of(Sha256.of("Nine."))));
    assertThat(impatient.at(web(""))).isEqualTo(MovingClock.START.plusSeconds(30));
    assertThat(site.requests()).containsExactly("GET /hours.md");
  }

  @Test
  void isDueAnIntervalAfterTheLastReading() {
    // Given
    var due = cache.untilDue(web("refreshInterval: 90m"));
    read(web("refreshInterval: 90m"));
    clock.pass(Duration.ofMinutes(20));

    // When
    var later = cache.untilDue(web("refreshInterval: 90m"));
    clock.pass(Duration.ofMinutes(80));
    var overdue = cache.untilDue(web("refreshInterval: 90m"));

    // Then
    assertThat(List.of(due, later, overdue))
        .containsExactly(Duration.ofMinutes(90), Duration.ofMinutes(70), Duration.ofMinutes(-10));
  }

  @Test
  @DisplayName("T66: the bytes of a page are dropped when no document remains to be sent")
  void dropsTheBytesOfAPageButKeepsItsReading() {
    // Given
    var snapshot = read(web(""));

    // When
    cache.finish(web(""), false);

    // Then
    assertThat(snapshot.hasContent()).isFalse();
    assertThat(read(web(""))).isSameAs(snapshot);
    assertThat(digests(snapshot)).containsExactly(Sha256.of("Nine."));
  }

  @Test
  void keepsTheBytesOfAPageWhileDocumentsRemainToBeSent() {
    // Given
    var snapshot = read(web(""));

    // When
    cache.finish(web(""), true);

    // Then
    assertThat(snapshot.hasContent()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void dropsTheReadingOfAConfigMapAfterEachReconciliation(boolean sending) {
    // Given
    scene.kubernetes.create(configMap("Nine."));
    var source = source("configMap: {name: handbook}");
    var snapshot = read(source);
    clock.passSeconds(600);

    // When
    cache.finish(source, sending);

    // Then
    assertThat(snapshot.hasContent()).isFalse();
    assertThat(cache.at(source)).isEqualTo(clock.instant());
  }

  @Test
  void finishesAReconciliationThatReadNothing() {
    // When
    cache.finish(web(""), false);

    // Then
    assertThat(cache.at(web(""))).isEqualTo(clock.instant());
  }

  @Test
  void readsAllBytesAgainAfterItForgotTheSource() {
    // Given
    var snapshot = read(web(""));

    // When
    cache.forget(web(""));
    var again = read(web(""));

    // Then
    assertThat(List.of(snapshot.hasContent(), again.hasContent())).containsExactly(false, true);
    assertThat(site.requests()).containsExactly("GET /hours.md", "GET /hours.md");
  }

  @Test
  void dropsTheFetchOfASourceThatItForgot() {
    // Given
    var impatient = scene.cache(Duration.ZERO);
    site.hold();
    impatient.of(web(""));
    Awaitility.await().until(() -> site.requests().size() == 1);

    // When
    impatient.forget(web(""));
    site.release();
    Awaitility.await().until(() -> impatient.of(web("")).isPresent());

    // Then
    assertThat(site.requests()).containsExactly("GET /hours.md", "GET /hours.md");
  }

  @Test
  void readsTheRequestFromTheAnnotation() {
    // When
    var requests =
        Stream.of(
                web(""),
                annotated(web(""), Map.of("example.com/other", "one")),
                annotated(web(""), Map.of(REFRESH, "one")))
            .map(source -> Optional.ofNullable(KnowledgeMetadata.refreshRequest(source)))
            .toList();

    // Then
    assertThat(requests).containsExactly(Optional.empty(), Optional.empty(), Optional.of("one"));
  }

  @Test
  @DisplayName("too_many_requests: a paused reading continues by itself, and shows what it has")
  void continuesAReadingThatTheSitePaused() {
    // Given
    site.serve("/menu.md", "Soup.");
    site.pause("/menu.md", 600);
    var source =
        source(
            "web: {urls: ['%s', '%s']}".formatted(site.link("/hours.md"), site.link("/menu.md")));
    var first = read(source);
    var waiting = cache.untilDue(source);
    site.resume();

    // When
    cache.finish(source, true);
    clock.pass(Duration.ofMinutes(10));
    var sending = read(source);
    cache.finish(source, false);
    var again = read(source);

    // Then
    assertThat(waiting).isBetween(Duration.ofSeconds(590), Duration.ofSeconds(600));
    assertThat(first.omissions().unread()).containsExactly(site.link("/menu.md"));
    assertThat(sending).isSameAs(first);
    assertThat(digests(again)).containsExactly(Sha256.of("Nine."), Sha256.of("Soup."));
    assertThat(again.pause()).isEmpty();
    assertThat(site.requests()).containsExactly("GET /hours.md", "GET /menu.md");
  }

  @Test
  @DisplayName("crawl_delay: the part that was read stays visible while the rest is fetched")
  void returnsThePartThatWasReadWhileTheRestIsFetched() {
    // Given
    site.serve("/menu.md", "Soup.");
    site.pause("/menu.md", 600);
    var impatient = scene.cache(Duration.ZERO);
    var source =
        source(
            "web: {urls: ['%s', '%s']}".formatted(site.link("/hours.md"), site.link("/menu.md")));
    Awaitility.await().until(() -> impatient.of(source).isPresent());
    impatient.finish(source, false);
    clock.pass(Duration.ofMinutes(10));
    site.resume();
    site.hold();

    // When
    var meanwhile = impatient.of(source).map(SourceCacheTest::snapshot);
    var due = impatient.untilDue(source);
    site.release();

    // Then
    assertThat(meanwhile.map(SourceCacheTest::digests)).contains(List.of(Sha256.of("Nine.")));
    assertThat(due).isEqualTo(Duration.ofHours(1));
    Awaitility.await()
        .until(
            () ->
                impatient
                    .of(source)
                    .map(SourceCacheTest::snapshot)
                    .orElseThrow()
                    .pause()
                    .isEmpty());
  }

  @Test
  void beginsAgainIfAUserAsksForItDuringAPause() {
    // Given
    site.serve("/menu.md", "Soup.");
    site.pause("/menu.md", 600);
    var spec = "web: {urls: ['%s', '%s']}".formatted(site.link("/hours.md"), site.link("/menu.md"));
    read(source(spec));
    site.resume();

    // When
    var again = read(annotated(source(spec), Map.of(REFRESH, "one")));

    // Then
    assertThat(again.hasContent()).isTrue();
    assertThat(site.requests()).containsExactly("GET /hours.md", "GET /hours.md", "GET /menu.md");
  }

  private Snapshot read(KnowledgeSource source) {
    return cache.of(source).map(SourceCacheTest::snapshot).orElseThrow();
  }

  private static Snapshot snapshot(Reading reading) {
    return switch (reading) {
      case Reading.Read(var snapshot) -> snapshot;
      case Reading.Missing(var failure) -> throw new AssertionError(failure.message());
      case Reading.Outdated() -> throw new AssertionError("the spec was changed");
    };
  }

  private static List<String> digests(Snapshot snapshot) {
    return snapshot.documents().stream().map(document -> document.content().digest()).toList();
  }

  private KnowledgeSource web(String spec) {
    return source("web: {urls: ['%s']}\n%s".formatted(site.link("/hours.md"), spec));
  }

  private static ConfigMap configMap(String text) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("team")
        .withName("handbook")
        .endMetadata()
        .withData(Map.of("hours.md", text))
        .build();
  }
}
