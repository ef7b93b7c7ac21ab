package ai.okchat.operator.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.ConditionType;
import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.SharedCluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Events that trigger a KnowledgeSource, and events that do not. */
final class KnowledgeTriggersIT {

  private static final String SELECTED = "configMap: {selector: {matchLabels: {docs: 'yes'}}}";

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final KnowledgeFixture knowledge = new KnowledgeFixture(world);

  @Test
  @DisplayName(
      "T81: a ConfigMap that the selector does not match triggers no source of 150 documents")
  void ignoresConfigMapsThatDoNotMatch() {
    // Given
    var bot = knowledge.readyBot("support");
    for (var part = 0; part < 3; part++) {
      knowledge.applyConfigMap("part-" + part, pages(50));
    }
    knowledge.apply("docs", SELECTED);
    knowledge.awaitReady("docs");
    world.backend().clearJournal();

    // When
    for (var edit = 0; edit < 5; edit++) {
      applyUnrelated("edit-" + edit);
    }
    world.awaitPolls(3);
    var lists = world.backend().count("list-knowledge");
    removeLabel("part-2");
    knowledge.await("docs", source -> KnowledgeFixture.isReady(source) && hasDocuments(bot, 100));

    // Then
    assertThat(lists).isZero();
    assertThat(world.backend().count("delete-knowledge")).isEqualTo(50);
  }

  @Test
  @DisplayName("T84: a new KnowledgeSource reads no ledger")
  void readsNoLedgerOfANewSource() {
    // Given
    knowledge.readyBot("support");

    // When
    for (var i = 0; i < 3; i++) {
      knowledge.apply("docs-" + i, "documents: [{name: hours-%d, text: 'Always.'}]".formatted(i));
    }
    for (var i = 0; i < 3; i++) {
      knowledge.awaitReady("docs-" + i);
    }

    // Then
    var reads =
        SharedCluster.get().auditLog().events().stream()
            .filter(event -> event.userAgent().startsWith(world.userAgent()))
            .filter(event -> event.verb().equals("get"))
            .filter(event -> event.target().name().startsWith("okchat-ledger-"));
    assertThat(reads).isEmpty();
  }

  @Test
  @DisplayName(
      "T90: a source whose file has the name of another source's document does not change that")
  void keepsDocumentsWhoseTitleIsTheNameOfAFile() {
    // Given
    var bot = knowledge.readyBot("support");
    knowledge.apply("docs", "documents: [{name: hours, text: 'Open from 9 to 5.'}]");
    knowledge.awaitReady("docs");
    var title = knowledge.titles(bot).getFirst();

    // When
    knowledge.applyConfigMap("pages", Map.of(title, "A copy of the hours."));
    knowledge.apply("other", "configMap: {name: pages}");
    knowledge.awaitReady("other");
    requestRefresh("docs");
    requestRefresh("other");

    // Then
    assertThat(knowledge.writes()).containsExactly("upload-knowledge", "upload-knowledge");
    assertThat(knowledge.titles(bot)).hasSize(2).contains(title);
  }

  @Test
  @DisplayName("T90: the second of two sources with one tag sends and removes nothing")
  void sendsNothingForASourceWhoseTitlesBelongToAnother() {
    // Given
    var bot = knowledge.readyBot("support");
    var names = ForgedTag.twoNames(world.namespace());
    var owner = names.getFirst();
    var second = names.getLast();
    knowledge.apply(owner, "documents: [{name: hours, text: 'Open from 9 to 5.'}]");
    knowledge.awaitReady(owner);
    var titles = knowledge.titles(bot);
    world.backend().clearJournal();

    // When
    knowledge.apply(second, "documents: [{name: prices, text: 'Ten.'}]");
    var stalled = knowledge.awaitReason(second, ConditionType.Stalled, Reason.TitleConflict);
    knowledge.sources(second).delete();
    knowledge.awaitGone(second);
    knowledge.apply(second, "documents: [{name: prices, text: 'Ten.'}]");
    knowledge.awaitReason(second, ConditionType.Stalled, Reason.TitleConflict);
    var writes = knowledge.writes();
    var titlesMeanwhile = knowledge.titles(bot);
    knowledge.sources(owner).delete();
    knowledge.awaitReady(second);

    // Then
    assertThat(KnowledgeFixture.condition(stalled, ConditionType.Ready).getMessage())
        .contains("KnowledgeSource " + owner);
    assertThat(writes).isEmpty();
    assertThat(titlesMeanwhile).isEqualTo(titles);
    assertThat(knowledge.names(bot)).containsExactly("prices");
  }

  private static Map<String, String> pages(int number) {
    var pages = new HashMap<String, String>();
    for (var i = 0; i < number; i++) {
      pages.put("page-%d.md".formatted(i), "This is page " + i);
    }
    return pages;
  }

  private boolean hasDocuments(String bot, int number) {
    return knowledge.titles(bot).size() == number;
  }

  private void applyUnrelated(String value) {
    var configMap =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("unrelated")
            .withNamespace(world.namespace())
            .endMetadata()
            .addToData("renewed", value)
            .build();
    world.kubernetes().resource(configMap).forceConflicts().serverSideApply();
  }

  private void removeLabel(String name) {
    world
        .kubernetes()
        .configMaps()
        .inNamespace(world.namespace())
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"labels\": {\"docs\": null}}}");
  }

  private void requestRefresh(String name) {
    knowledge
        .sources(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\": {\"annotations\": {\"okchat.ai/refresh-requested-at\": \"now\"}}}");
    knowledge.await(
        name,
        source ->
            KnowledgeFixture.isReady(source)
                && "now".equals(source.getStatus().lastHandledRefreshAt()));
  }
}
