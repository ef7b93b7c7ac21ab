package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** B4: every shape that the list of documents may have, and what a server does to titles. */
final class KnowledgeShapesIT {

  private static final String TWO = "documents: [{name: a, text: one}, {name: b, text: two}]";
  private static final String LESS = "documents: [{name: a, text: ONE}]";

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final KnowledgeFixture knowledge = new KnowledgeFixture(world);
  private String bot = "";
  private DrivenSource driven;

  @BeforeEach
  void makeABotAndStopTheOperator() {
    bot = knowledge.readyBot("support");
    world.stopOperator();
    world.backend().clearJournal();
    driven = new DrivenSource(world, knowledge, bot);
  }

  @AfterEach
  void stop() {
    driven.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "documents",
        "bare-array",
        "data-paged",
        "nested",
        "files-filename",
        "results-file-name",
        "items-filename",
        "list-name"
      })
  @DisplayName("B4: with a supported list format the bot has exactly the documents of the source")
  void syncsDocumentsWithASupportedListFormat(String shape) {
    // Given
    world.backend().flip("knowledgeListShape", shape);
    knowledge.apply("docs", TWO);
    driven.pass();

    // When
    knowledge.apply("docs", LESS);
    driven.passes(2);

    // Then
    assertThat(knowledge.names(bot)).containsExactly("a");
    assertThat(ready()).isEqualTo(Reason.Ready);
    assertThat(knowledge.writes())
        .containsExactly(
            "delete-knowledge", "update-knowledge", "upload-knowledge", "upload-knowledge");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"without-ids", "without-titles", "placeholder", "placeholder-with-documents"})
  @DisplayName("B4: with an unsupported list format each content is sent once, and none is removed")
  void uploadsOnceWithAnUnsupportedListFormat(String shape) {
    // Given
    world.backend().flip("knowledgeListShape", shape);
    knowledge.apply("docs", TWO);
    driven.passes(3);

    // When
    driven.restart();
    knowledge.apply("docs", LESS);
    driven.passes(3);

    // Then
    assertThat(knowledge.writes())
        .containsExactly("upload-knowledge", "upload-knowledge", "upload-knowledge");
    assertThat(ready()).isEqualTo(Reason.UnsupportedListFormat);
  }

  @Test
  @DisplayName("B4: a list format that becomes unsupported causes no second upload")
  void sendsNothingTwiceWhenTheListFormatChanges() {
    // Given
    knowledge.apply("docs", TWO);
    driven.pass();
    world.backend().flip("knowledgeListShape", "placeholder");

    // When
    driven.restart();
    driven.passes(3);
    var meanwhile = ready();
    world.backend().flip("knowledgeListShape", "documents");
    driven.pass();

    // Then
    assertThat(meanwhile).isEqualTo(Reason.UnsupportedListFormat);
    assertThat(ready()).isEqualTo(Reason.Ready);
    assertThat(knowledge.writes()).containsExactly("upload-knowledge", "upload-knowledge");
  }

  @Test
  @DisplayName("B4: a web page instead of the list is an outage, and no document is sent")
  void treatsWebPageInPlaceOfTheListAsOutage() {
    // Given
    world.backend().flip("knowledgeListShape", "html");
    knowledge.apply("docs", TWO);

    // When
    driven.passes(3);

    // Then
    assertThat(knowledge.writes()).isEmpty();
    assertThat(ready()).isEqualTo(Reason.UnexpectedResponse);
  }

  @ParameterizedTest
  @ValueSource(strings = {"keep", "cut", "add"})
  @DisplayName("B3: titles are recognized whatever the backend does to the extension")
  void recognizesTitlesWithAnyExtension(String extension) {
    // Given
    world.backend().flip("titleExtension", extension);
    knowledge.apply("docs", TWO);

    // When
    driven.passes(3);

    // Then
    assertThat(knowledge.writes()).containsExactly("upload-knowledge", "upload-knowledge");
    assertThat(ready()).isEqualTo(Reason.Ready);
  }

  private Reason ready() {
    return Conditions.value(knowledge.source("docs").getStatus().conditions(), ConditionType.Ready)
        .orElseThrow()
        .reason();
  }
}
