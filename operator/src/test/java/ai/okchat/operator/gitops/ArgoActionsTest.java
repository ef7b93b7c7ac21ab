package ai.okchat.operator.gitops;

import static ai.okchat.operator.gitops.StatusFixture.ofGeneration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The buttons in Argo CD: which are there, and what each changes. */
final class ArgoActionsTest {

  private static final Customization CHATBOT = Customization.of("Chatbot");
  private static final Customization SOURCE = Customization.of("KnowledgeSource");

  static Stream<Arguments> discoveries() {
    return Stream.of(
        arguments("as it was applied", ofGeneration(1), enabled(true, false, false)),
        arguments(
            "paused by hand",
            ofGeneration(1).annotated("okchat.ai/paused", "true"),
            enabled(false, true, false)),
        arguments(
            "paused by an empty value",
            ofGeneration(1).annotated("okchat.ai/paused", ""),
            enabled(false, true, false)),
        arguments(
            "false is no pause",
            ofGeneration(1).annotated("okchat.ai/paused", "false"),
            enabled(true, false, false)),
        arguments(
            "another account",
            stalledFor("AccountChanged").withId("bot-7"),
            enabled(true, false, true)),
        arguments(
            "another account, and no bot is recorded",
            stalledFor("AccountChanged"),
            enabled(true, false, false)),
        arguments(
            "stalled for another reason",
            stalledFor("SlugTaken").withId("bot-7"),
            enabled(true, false, false)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("discoveries")
  void offersOnlyApplicableActions(String name, StatusFixture given, Map<String, Boolean> offered) {
    // When
    var actions = CHATBOT.actionsFor(given.object());

    // Then
    assertThat(actions).as(name).isEqualTo(offered);
  }

  @Test
  void knowledgeSourceHasNoApproveAction() {
    // When
    var actions = SOURCE.actionsFor(ofGeneration(1).object());

    // Then
    assertThat(actions).isEqualTo(Map.of("refresh", true, "suspend", true, "resume", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Chatbot", "KnowledgeSource"})
  void eachOfferedActionHasAScript(String kind) {
    // When
    var customization = Customization.of(kind);

    // Then
    assertThat(customization.actionsFor(ofGeneration(1).object()).keySet())
        .isEqualTo(customization.actionScripts().keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Chatbot", "KnowledgeSource"})
  void suspendSetsTheAnnotationAndNothingElse(String kind) {
    // When
    var changed = Customization.of(kind).act("suspend", ofGeneration(1).object());

    // Then
    assertThat(changed)
        .isEqualTo(
            ArgoLua.run(
                "return obj", ofGeneration(1).annotated("okchat.ai/paused", "true").object()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Chatbot", "KnowledgeSource"})
  void resumeRemovesOnlyItsAnnotation(String kind) {
    // Given
    var paused =
        ofGeneration(1).annotated("okchat.ai/slug", "s").annotated("okchat.ai/paused", "yes");

    // When
    var changed = Customization.of(kind).act("resume", paused.object());

    // Then
    assertThat(changed)
        .isEqualTo(
            ArgoLua.run("return obj", ofGeneration(1).annotated("okchat.ai/slug", "s").object()));
  }

  @Test
  void approveNamesTheAbsentBot() {
    // When
    var changed =
        CHATBOT.act("approve-recreate", stalledFor("AccountChanged").withId("bot-7").object());

    // Then
    assertThat(changed.at("/metadata/annotations/okchat.ai~1approve-recreate").asText())
        .isEqualTo("bot-7");
  }

  static Stream<Arguments> refreshes() {
    return Stream.of(
        arguments(CHATBOT, "okchat.ai/reconcile-requested-at"),
        arguments(SOURCE, "okchat.ai/refresh-requested-at"));
  }

  @ParameterizedTest
  @MethodSource("refreshes")
  void refreshSetsTheTime(Customization customization, String annotation) {
    // When
    var changed = customization.act("refresh", ofGeneration(1).object());

    // Then
    var at = changed.path("metadata").path("annotations").path(annotation).asText();
    assertThat(Duration.between(Instant.parse(at), Instant.now()).abs())
        .isLessThan(Duration.ofHours(1));
  }

  private static StatusFixture stalledFor(String reason) {
    return ofGeneration(1).observed(1).with("Stalled", "True", reason, "Look.");
  }

  private static Map<String, Boolean> enabled(boolean suspend, boolean resume, boolean approve) {
    return Map.of(
        "refresh", true, "suspend", suspend, "resume", resume, "approve-recreate", approve);
  }
}
