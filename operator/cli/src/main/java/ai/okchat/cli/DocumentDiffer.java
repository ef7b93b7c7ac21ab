package ai.okchat.cli;

import ai.okchat.cli.ObjectDiff.Action;
import ai.okchat.cli.ObjectDiff.DocumentChange;
import ai.okchat.client.OkChatException;
import ai.okchat.planning.document.Comparison;
import ai.okchat.planning.document.IngestionPlan;
import ai.okchat.planning.document.ListedDocument;
import ai.okchat.planning.document.RejectedFile;
import ai.okchat.planning.document.SourceTag;
import ai.okchat.planning.document.Titles;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares the manifest of a KnowledgeSource with the documents of its bot, by the plan that the
 * operator makes. Sources that come over the network are not compared.
 */
final class DocumentDiffer {
  private static final String DRY_RUN = "okchat.ai/dry-run";
  private static final int DEFAULT_PRUNE_LIMIT = 50;
  private static final int MOST_NAMES = 20;

  private final DiffInputs inputs;
  private final BotFinder finder;
  private final PauseReader pause;

  DocumentDiffer(DiffInputs inputs, BotFinder finder) {
    this.inputs = inputs;
    this.finder = finder;
    this.pause = new PauseReader(inputs);
  }

  ObjectDiff compare(KubeObject manifest) {
    var namespace = inputs.namespaceOf(manifest);
    if (namespace.isEmpty()) {
      throw PluginException.unknown(
          "The titles of documents contain the namespace, and it is not known. Set"
              + " metadata.namespace, or --namespace.");
    }
    var live = inputs.live(Kind.KNOWLEDGE_SOURCE.type(), namespace, manifest.name());
    live.ifPresent(object -> requireSameBot(manifest, object));
    var spec = manifest.json().path("spec");
    SpecReader.requireOneSource(spec);
    var paused = pause.read(manifest, live.orElse(null));
    if (paused.isPresent()) {
      return ObjectDiff.unchanged(manifest.title(), Action.UNSENT, List.of(paused.get()));
    }
    if (PauseReader.isSet(manifest, live.orElse(null), DRY_RUN)) {
      return ObjectDiff.unchanged(
          manifest.title(),
          Action.UNSENT,
          List.of(
              "The annotation %s is set: the operator shows its plan in the status, and sends nothing until the annotation is removed."
                  .formatted(DRY_RUN)));
    }
    var remote = Stream.of("web", "git").filter(kind -> spec.path(kind).isObject()).findFirst();
    if (remote.isPresent()) {
      return ObjectDiff.unchanged(
          manifest.title(),
          Action.NOT_COMPARED,
          List.of(
              "Only the operator reads spec.%s. The annotation %s: \"true\" shows its plan in the status."
                  .formatted(remote.get(), DRY_RUN)));
    }
    return compare(manifest, SourceDocuments.read(inputs, manifest));
  }

  private static void requireSameBot(KubeObject manifest, KubeObject live) {
    if (live.isBeingDeleted()) {
      throw PluginException.unknown(
          "The object is being deleted, so the operator does not apply it. Wait until it is gone.");
    }
    if (!live.text("status", "chatbotId").isEmpty()
        && !manifest
            .text("spec", "chatbotRef", "name")
            .equals(live.text("spec", "chatbotRef", "name"))) {
      throw BotFinder.immutable("chatbotRef cannot be changed once documents were sent");
    }
  }

  private ObjectDiff compare(KubeObject manifest, SourceDocuments source) {
    var tag = SourceTag.of(inputs.namespaceOf(manifest), manifest.name());
    var documents = Titles.assign(tag, source.documents(), source.omitted());
    var chatbot = chatbot(manifest);
    var comparison = Comparison.of(documents, listed(chatbot, tag));
    var spec = manifest.json().path("spec");
    var rules =
        new IngestionPlan.Rules(
            !BooleanNode.FALSE.equals(spec.path("prune")),
            spec.path("pruneLimitPercent").asInt(DEFAULT_PRUNE_LIMIT),
            source.omitted().stream()
                .flatMap(file -> Titles.possibleNames(file.name()).stream())
                .toList(),
            true,
            Optional.empty());
    // Nothing is known about attempts, so each document that is not listed counts as unsent.
    var plan = IngestionPlan.of(comparison, Map.of(), rules, inputs.now());
    var changes = changes(plan);
    return new ObjectDiff(
        manifest.title(),
        changes.isEmpty() ? Action.NONE : Action.UPDATE,
        List.of(),
        changes,
        notes(plan, source, chatbot.isPresent()),
        changes.size());
  }

  private static List<DocumentChange> changes(IngestionPlan plan) {
    var changes = new ArrayList<DocumentChange>();
    plan.uploads()
        .forEach(
            document ->
                changes.add(
                    new DocumentChange("upload", document.name(), document.content().length())));
    plan.replacements()
        .forEach(
            replacement ->
                changes.add(
                    new DocumentChange(
                        "replace",
                        replacement.document().name(),
                        replacement.document().content().length())));
    plan.removals()
        .all()
        .forEach(listed -> changes.add(new DocumentChange("remove", listed.title().name(), -1)));
    return changes;
  }

  private static List<String> notes(
      IngestionPlan plan, SourceDocuments source, boolean hasChatbot) {
    var notes = new ArrayList<String>();
    if (!hasChatbot) {
      notes.add("spec.chatbotRef names a Chatbot that does not exist: the operator waits for it.");
    }
    source.omitted().stream().limit(MOST_NAMES).map(DocumentDiffer::note).forEach(notes::add);
    if (source.omitted().size() > MOST_NAMES) {
      notes.add("Not compared: %d more documents.".formatted(source.omitted().size() - MOST_NAMES));
    }
    if (plan.removals().overLimit() > 0) {
      notes.add(
          "Not removed: %d documents that the source does not have, because they are more than spec.pruneLimitPercent allows."
              .formatted(plan.removals().overLimit()));
    }
    return notes;
  }

  private static String note(RejectedFile file) {
    return "Not compared: %s. %s".formatted(VisibleText.bounded(file.name(), 200), file.why());
  }

  /** Lists the documents of the source that the bot has; none if the bot does not exist yet. */
  private List<ListedDocument> listed(Optional<KubeObject> chatbot, SourceTag tag) {
    if (chatbot.isEmpty()) {
      return List.of();
    }
    var found = finder.findId(chatbot.get());
    if (found.id().isEmpty()) {
      return List.of();
    }
    try {
      var all = found.account().listDocuments(found.id().get());
      return ListedDocument.ownOf(all, tag);
    } catch (OkChatException e) {
      if (e.unknownShape()) {
        throw PluginException.unknown(
            "The backend lists documents in a format that this version does not support, so they"
                + " cannot be compared. Update the plugin.");
      }
      throw e;
    }
  }

  /** Returns the Chatbot of the manifests or of the cluster; empty if the operator waits for it. */
  private Optional<KubeObject> chatbot(KubeObject manifest) {
    var namespace = inputs.namespaceOf(manifest);
    var name = ObjectName.checked(manifest.text("spec", "chatbotRef", "name"));
    return inputs
        .given(Kind.CHATBOT.type(), namespace, name)
        .or(() -> inputs.live(Kind.CHATBOT.type(), namespace, name));
  }
}
