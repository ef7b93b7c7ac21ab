package ai.okchat.cli;

import ai.okchat.api.v1alpha1.ChatbotSpec;
import ai.okchat.api.v1alpha1.ChatbotStatus;
import ai.okchat.api.v1alpha1.DriftPolicy;
import ai.okchat.api.v1alpha1.KeyRef;
import ai.okchat.cli.FoundBot.Basis;
import ai.okchat.cli.ObjectDiff.Action;
import ai.okchat.client.Bot;
import ai.okchat.client.Upload;
import ai.okchat.planning.AvatarSource;
import ai.okchat.planning.DesiredBot;
import ai.okchat.planning.Difference;
import ai.okchat.planning.DriftAction;
import ai.okchat.planning.Plan;
import ai.okchat.planning.ResolvedInputs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the manifest of a Chatbot with its bot, by the plan that the operator makes. */
final class BotDiffer {
  private static final String OTHER_NAMESPACES =
      "Not checked: whether a Chatbot of another namespace has the bot (SlugConflict). You need the"
          + " right to list chatbots.okchat.ai in all namespaces.";

  private final DiffInputs inputs;
  private final BotFinder finder;
  private final PauseReader pause;

  BotDiffer(DiffInputs inputs, BotFinder finder) {
    this.inputs = inputs;
    this.finder = finder;
    this.pause = new PauseReader(inputs);
  }

  ObjectDiff compare(KubeObject manifest) {
    var spec = SpecReader.chatbot(manifest);
    var live = finder.live(manifest);
    // As the operator does: a paused object needs neither a backend nor a free slug.
    var paused = pause.read(manifest, live.orElse(null));
    if (paused.isPresent()) {
      return ObjectDiff.unchanged(manifest.title(), Action.UNSENT, List.of(paused.get()));
    }
    var found = finder.find(manifest, spec, live);
    var desired = DesiredBot.of(spec, inputs(manifest, found.live(), spec));
    return found
        .bot()
        .map(bot -> compare(manifest, spec, found, desired, bot))
        .orElseGet(() -> created(manifest, spec, found, desired));
  }

  private ObjectDiff created(
      KubeObject manifest, ChatbotSpec spec, FoundBot found, DesiredBot desired) {
    var slug = Optional.ofNullable(spec.slug());
    var body = slug.map(desired::createBody).orElseGet(() -> desired.bot().deepCopy());
    var rest = Plan.afterCreate(desired, spec.ignoreFields());
    var notes = new ArrayList<String>();
    if (found.basis() == Basis.GONE) {
      notes.add(
          "The backend has no bot with the recorded ID. The operator creates the bot again after"
              + " two lists do not show it.");
    }
    if (slug.isEmpty()) {
      notes.add("The operator derives the slug from namespace, name and UID.");
    }
    return new ObjectDiff(
        manifest.title(),
        found.basis() == Basis.GONE ? Action.RECREATE : Action.CREATE,
        Stream.concat(
                FieldChange.of(Difference.between(body, null)).stream(),
                changes(rest, desired).stream())
            .toList(),
        List.of(),
        notes,
        1 + rest.calls());
  }

  private ObjectDiff compare(
      KubeObject manifest, ChatbotSpec spec, FoundBot found, DesiredBot desired, Bot bot) {
    var status = status(found, bot);
    var notes = new ArrayList<String>();
    if (found.basis() == Basis.ADOPTED && inputs.seesOnlyNamespaces()) {
      notes.add(OTHER_NAMESPACES);
    }
    var plan =
        known(Plan.of(desired, bot, status, spec.ignoreFields()), found.basis(), desired, notes);
    var written = written(plan, spec, found.basis(), desired, status, notes);
    var isAdopted = found.basis() == Basis.ADOPTED;
    if (written.isEmpty()) {
      return ObjectDiff.unchanged(manifest.title(), isAdopted ? Action.ADOPT : Action.NONE, notes);
    }
    return new ObjectDiff(
        manifest.title(),
        isAdopted ? Action.ADOPT : Action.UPDATE,
        changes(written, desired),
        List.of(),
        notes,
        written.calls());
  }

  /** Returns the part of the plan that the drift policy lets the operator write. */
  private static Plan written(
      Plan plan,
      ChatbotSpec spec,
      Basis basis,
      DesiredBot desired,
      ChatbotStatus status,
      List<String> notes) {
    var policy = Objects.requireNonNullElse(spec.driftPolicy(), DriftPolicy.ENFORCE);
    // Without a record of what was applied, each difference counts as an edit.
    var isEdited = basis == Basis.SLUG || !desired.isApplied(status);
    if (plan.isEmpty()
        || DriftAction.of(isEdited, basis == Basis.ADOPTED, policy) == DriftAction.WRITE) {
      return plan;
    }
    var requested =
        !isEdited && plan.isAvatarRequested(desired, status) ? plan.avatarOnly() : Plan.EMPTY;
    var kept =
        plan.fieldNames().stream().filter(name -> !requested.fieldNames().contains(name)).toList();
    if (!kept.isEmpty()) {
      notes.add(
          "Not written: %s. The backend differs, and spec.driftPolicy is %s."
              .formatted(
                  String.join(", ", kept), policy == DriftPolicy.REPORT ? "Report" : "Ignore"));
    }
    return requested;
  }

  /** Omits the fields that nothing is known about: only the status records what was sent. */
  private static Plan known(Plan plan, Basis basis, DesiredBot desired, List<String> notes) {
    if (basis != Basis.SLUG) {
      return plan;
    }
    var lost = plan.avatar().stream().filter(avatar -> avatar.observed() == null).toList();
    var unknown = new ArrayList<String>();
    if (lost.size() < plan.avatar().size()) {
      unknown.add(Plan.AVATAR);
    }
    if (desired.chatWidget().isPresent()) {
      unknown.add(Plan.CHAT_WIDGET);
    }
    if (!unknown.isEmpty()) {
      notes.add(
          "Not compared: %s. Only the status of the object in a cluster records what was sent."
              .formatted(String.join(", ", unknown)));
    }
    return new Plan(plan.update(), plan.voiceAgent(), lost, List.of());
  }

  /**
   * Returns all fields of the requests; the chat widget by its fields instead of its digest, and
   * without a value before, which the backend does not return.
   */
  private static List<FieldChange> changes(Plan plan, DesiredBot desired) {
    var changes = new ArrayList<FieldChange>();
    for (var change : FieldChange.of(plan.differences())) {
      if (change.path().equals(Plan.CHAT_WIDGET)) {
        changes.add(new FieldChange(change.path(), null, desired.chatWidget().orElseThrow()));
      } else {
        changes.add(change);
      }
    }
    return changes;
  }

  /** Returns the recorded digests; empty if they are of another bot. */
  private static ChatbotStatus status(FoundBot found, Bot bot) {
    var live = found.live();
    if (live == null || !live.text("status", "id").equals(bot.id())) {
      return ChatbotStatus.empty();
    }
    return new ChatbotStatus(
        null,
        List.of(),
        bot.id(),
        null,
        null,
        null,
        null,
        digest(live, "appliedDigest"),
        digest(live, "promptDigest"),
        digest(live, "avatarDigest"),
        digest(live, "chatWidgetDigest"),
        List.of());
  }

  private static @Nullable String digest(KubeObject live, String field) {
    var digest = live.text("status", field);
    return digest.isEmpty() ? null : digest;
  }

  private ResolvedInputs inputs(KubeObject manifest, @Nullable KubeObject live, ChatbotSpec spec) {
    var namespace = inputs.namespaceOf(manifest);
    var avatar = Optional.ofNullable(spec.avatar());
    return new ResolvedInputs(
        prompt(namespace, spec),
        avatar.map(
            source ->
                source.url() == null
                    ? stored(namespace, Objects.requireNonNull(source.configMapKeyRef()), spec)
                    : AvatarSource.linked(
                        source.url(),
                        DiffInputs.annotation(
                            manifest, live, ResolvedInputs.REQUESTED_AT_ANNOTATION),
                        BotDiffer::unsent)));
  }

  private String prompt(String namespace, ChatbotSpec spec) {
    if (spec.promptFrom() == null) {
      return Objects.requireNonNullElse(spec.prompt(), "");
    }
    var ref = spec.promptFrom().configMapKeyRef();
    return DiffInputs.text(inputs.value("spec.promptFrom", namespace, ref.name(), ref.key()))
        .filter(text -> !text.isBlank())
        .orElseThrow(
            () ->
                PluginException.unknown(
                    "spec.promptFrom names the key %s of the ConfigMap %s, which is empty or not text in UTF-8. Write the prompt to the key."
                        .formatted(ref.key(), ref.name())));
  }

  /** Reads the avatar. Fails if it is no picture: the operator never sends it. */
  private AvatarSource stored(String namespace, KeyRef ref, ChatbotSpec spec) {
    var avatar =
        AvatarSource.stored(
            ref,
            inputs.value("spec.avatar", namespace, ref.name(), ref.key()),
            PluginException::unknown);
    if (!spec.ignoreFields().contains(Plan.AVATAR)) {
      var _ = avatar.content().open();
    }
    return avatar;
  }

  private static Upload unsent() {
    throw new IllegalStateException("A comparison sends no picture");
  }
}
