package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.knowledge.ingestion.KnowledgeMetadata;
import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Inputs of real use, from the source to the documents of the bot, against a sandbox. */
class KnowledgeInputsTest {

  @AutoClose private final SourceScene scene = new SourceScene();
  @AutoClose private final ServedPages site = new ServedPages();
  private final SourceCache cache = scene.cache(Duration.ofMinutes(1));
  private final SourceSynchronizer synchronizer = scene.synchronizer(cache);

  @Test
  @DisplayName("same_content_twice: two files of one content are two documents that rest")
  void keepsTwoDocumentsOfOneContent() {
    // Given
    scene.create("documents: [{name: a, text: Same.}, {name: b, text: Same.}]");
    passes(3);
    var both = scene.titles(scene.botId);
    var sent = scene.backend.count("upload-knowledge");

    // When
    documents("b=Same.");
    passes(3);

    // Then
    assertThat(both).hasSize(2);
    assertThat(sent).isEqualTo(2);
    assertThat(scene.titles(scene.botId)).containsExactly(both.getLast());
    assertThat(scene.backend.count("upload-knowledge")).isEqualTo(2);
  }

  @Test
  @DisplayName("single_document_replaced: the new document takes the place of the only other one")
  void replacesTheOnlyDocument() {
    // Given
    scene.create("documents: [{name: a, text: One.}]");
    passes(2);

    // When
    documents("b=Two.");
    passes(3);

    // Then
    assertThat(scene.titles(scene.botId)).singleElement().asString().startsWith("b.");
    assertThat(ready()).isEqualTo("True/Ready");
  }

  @Test
  @DisplayName("page_read_again_while_sending: the last of ten edits is there once")
  void endsWithTheLastOfManyEdits() {
    // Given
    var configMap =
        scene.kubernetes.create(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("team")
                .withName("handbook")
                .endMetadata()
                .addToData("hours.md", "Version 0")
                .build());
    scene.create("configMap: {name: handbook}");
    passes(1);

    // When
    var titles = new ArrayList<List<String>>();
    for (var i = 1; i <= 10; i++) {
      var text = "Version " + i;
      scene.kubernetes.edit(configMap, object -> object.withObject("/data").put("hours.md", text));
      passes(1);
      titles.add(scene.titles(scene.botId));
    }

    // Then
    assertThat(titles).allMatch(listed -> listed.size() == 1).doesNotHaveDuplicates();
    assertThat(ready()).isEqualTo("True/Ready");
  }

  @Test
  @DisplayName("bot_made_anew: another bot of the Chatbot gets all documents, each once")
  void givesAllDocumentsToARecreatedBot() {
    // Given
    scene.create("documents: [{name: a, text: One.}, {name: b, text: Two.}]");
    passes(2);
    scene.backend.deleteInDashboard(scene.botId);
    var recreated = scene.bot(scene.createBot("support-2"), null);

    // When
    for (var i = 0; i < 3; i++) {
      report(synchronizer.synchronize(scene.stored(), recreated));
    }

    // Then
    assertThat(scene.titles(recreated.botId())).hasSize(2);
    assertThat(scene.backend.count("upload-knowledge")).isEqualTo(4);
    assertThat(ready()).isEqualTo("True/Ready");
  }

  @Test
  @DisplayName("empty_sitemap: a sitemap that loses its pages does not empty the bot")
  void keepsDocumentsWhileTheSitemapIsEmpty() throws IOException {
    // Given
    site.start();
    IntStream.range(0, 3).forEach(i -> site.serve("/page-%d.md".formatted(i), "Page " + i));
    site.serve("/map", urlset("/page-0.md", "/page-1.md", "/page-2.md"));
    scene.create("web: {sitemap: '%s'}".formatted(site.link("/map")));
    passes(2);
    var before = scene.titles(scene.botId);
    site.serve("/map", urlset());
    refresh("1");
    passes(2);
    var empty = ready();
    var during = scene.titles(scene.botId);

    // When
    site.serve("/map", urlset("/page-0.md", "/page-1.md", "/page-2.md"));
    refresh("2");
    passes(2);

    // Then
    assertThat(before).hasSize(3);
    assertThat(empty).isEqualTo("False/NoDocuments");
    assertThat(during).isEqualTo(before);
    assertThat(scene.titles(scene.botId)).isEqualTo(before);
    assertThat(ready()).isEqualTo("True/Ready");
    assertThat(scene.backend.count("upload-knowledge")).isEqualTo(3);
  }

  @Test
  @DisplayName("dead_link_in_sitemap: a page that is back comes in at the next reading")
  void uploadsAPageThatIsBack() throws IOException {
    // Given
    site.start();
    IntStream.range(0, 4).forEach(i -> site.serve("/page-%d.md".formatted(i), "Page " + i));
    var paths = IntStream.range(0, 5).mapToObj("/page-%d.md"::formatted).toArray(String[]::new);
    site.serve("/map", urlset(paths));
    scene.create("web: {sitemap: '%s', failedLimitPercent: 10}".formatted(site.link("/map")));
    passes(2);
    var dead = scene.titles(scene.botId).size();
    site.serve("/page-4.md", "Page 4");

    // When
    refresh("1");
    passes(3);

    // Then
    assertThat(dead).isEqualTo(4);
    assertThat(scene.titles(scene.botId)).hasSize(5);
    assertThat(scene.backend.count("upload-knowledge")).isEqualTo(5);
    assertThat(message()).isEqualTo("The bot answers from the documents of this source.");
  }

  private String urlset(String... paths) {
    var urls = new StringBuilder();
    Stream.of(paths)
        .forEach(path -> urls.append("<url><loc>").append(site.link(path)).append("</loc></url>"));
    return "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>" + urls + "</urlset>";
  }

  /** Replaces the documents of the spec, each written {@code name=text}. */
  private void documents(String... documents) {
    scene.kubernetes.edit(
        scene.stored(),
        object -> {
          var array = object.withObject("/spec").putArray("documents");
          for (var document : documents) {
            var middle = document.indexOf('=');
            array
                .addObject()
                .put("name", document.substring(0, middle))
                .put("text", document.substring(middle + 1));
          }
        });
  }

  private void refresh(String request) {
    scene.annotate(KnowledgeMetadata.REFRESH_REQUESTED_AT, request);
  }

  private void passes(int number) {
    for (var i = 0; i < number; i++) {
      report(synchronizer.synchronize(scene.stored(), scene.bot()));
    }
  }

  /** Writes the status as the reconciler does. */
  private void report(IngestionResult result) {
    if (result instanceof IngestionResult.Advanced advanced) {
      new KnowledgeStatusWriter(scene.writes, scene.clock).advanced(scene.stored(), advanced);
    }
  }

  private String ready() {
    var ready = condition();
    return ready.getStatus() + "/" + ready.getReason();
  }

  private String message() {
    return condition().getMessage();
  }

  private Condition condition() {
    return Conditions.find(Conditions.of(scene.stored()), ConditionType.Ready).orElseThrow();
  }
}
