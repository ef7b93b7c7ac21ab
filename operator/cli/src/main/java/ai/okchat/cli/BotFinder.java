package ai.okchat.cli;

import ai.okchat.api.v1alpha1.Adoption;
import ai.okchat.api.v1alpha1.ChatbotSpec;
import ai.okchat.api.v1alpha1.DriftPolicy;
import ai.okchat.cli.FoundBot.Basis;
import ai.okchat.client.Bot;
import ai.okchat.planning.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Finds the bot that the operator would write to: by the ID of the status, or by the slug. Fails if
 * the operator would block instead, with the reason.
 */
final class BotFinder {
  private static final String SLUG = "okchat.ai/slug";
  private static final String CLAIM = "okchat.ai/claim";

  private final DiffInputs inputs;
  private final Map<AccountReader, List<Bot>> lists = new HashMap<>();

  private final Map<AccountReader, Map<String, Asking>> slugs = new HashMap<>();

  private final Map<Asking, FoundId> ids = new HashMap<>();

  /** A Chatbot. */
  private record Asking(String namespace, String name) {}

  /**
   * The ID of the bot of a Chatbot.
   *
   * @param id empty if the operator creates the bot
   */
  record FoundId(AccountReader account, Optional<String> id) {}

  BotFinder(DiffInputs inputs) {
    this.inputs = inputs;
  }

  /** Finds the Chatbot in the cluster. Fails if the API server rejects the manifest for it. */
  Optional<KubeObject> live(KubeObject manifest) {
    var live = inputs.live(Kind.CHATBOT.type(), inputs.namespaceOf(manifest), manifest.name());
    live.ifPresent(object -> requireSameIdentity(manifest, object));
    return live;
  }

  /** Finds the ID of the bot. Reads the bot only if {@link #find} did not find it before. */
  FoundId findId(KubeObject chatbot) {
    var asking = asking(chatbot);
    if (!ids.containsKey(asking)) {
      find(chatbot, SpecReader.chatbot(chatbot), live(chatbot));
    }
    return Objects.requireNonNull(ids.get(asking));
  }

  FoundBot find(KubeObject manifest, ChatbotSpec spec, Optional<KubeObject> live) {
    var found = findBot(manifest, spec, live);
    ids.put(asking(manifest), new FoundId(found.account(), found.bot().map(Bot::id)));
    return found;
  }

  private Asking asking(KubeObject chatbot) {
    return new Asking(inputs.namespaceOf(chatbot), chatbot.name());
  }

  private FoundBot findBot(KubeObject manifest, ChatbotSpec spec, Optional<KubeObject> live) {
    var account = inputs.account(inputs.namespaceOf(manifest), BackendName.of(manifest));
    var id = live.map(object -> object.text("status", "id")).orElse("");
    if (!id.isEmpty()) {
      return ofId(account, id, live.orElseThrow(), spec);
    }
    var slug = slug(manifest, live, spec);
    if (slug.isEmpty()) {
      return absent(account, live);
    }
    requireFirst(account, slug, manifest);
    return withSlug(account, slug)
        .map(bot -> ofSlug(account, bot, slug, manifest, live, spec))
        .orElseGet(() -> absent(account, live));
  }

  /** Requires that no other Chatbot of the manifests asks for the slug: one bot has it. */
  private void requireFirst(AccountReader account, String slug, KubeObject manifest) {
    var asking = asking(manifest);
    var first = slugs.computeIfAbsent(account, _ -> new HashMap<>()).putIfAbsent(slug, asking);
    if (first != null && !first.equals(asking)) {
      throw PluginException.unknown(
          "The slug %s is also that of Chatbot/%s%s in the manifests, and one bot can have it (SlugConflict). Choose another spec.slug."
              .formatted(
                  VisibleText.bounded(slug, 80),
                  first.name(),
                  first.namespace().equals(asking.namespace())
                      ? ""
                      : " in the namespace " + first.namespace()));
    }
  }

  private static FoundBot absent(AccountReader account, Optional<KubeObject> live) {
    return new FoundBot(account, Optional.empty(), Basis.NEW, live.orElse(null));
  }

  private FoundBot ofId(AccountReader account, String id, KubeObject live, ChatbotSpec spec) {
    var bot = account.read(id);
    if (bot.isEmpty()) {
      requireOrigin(live);
    }
    if (bot.isEmpty() && spec.driftPolicy() != null && spec.driftPolicy() != DriftPolicy.ENFORCE) {
      throw PluginException.unknown(
          "The bot %s does not exist in the backend (BotMissing). Set spec.driftPolicy: Enforce to create it again."
              .formatted(VisibleText.bounded(id, 80)));
    }
    return new FoundBot(account, bot, bot.isPresent() ? Basis.OWNED : Basis.GONE, live);
  }

  /**
   * Requires that the ID is of this backend object and URL: elsewhere its absence means nothing.
   */
  private void requireOrigin(KubeObject live) {
    var name = BackendName.of(live);
    var backend = inputs.live(name.kind().type(), live.namespace(), name.name());
    var digest = urlDigest(backend);
    var recordedUid = live.text("status", "backend", "uid");
    var recordedUrl = live.text("status", "backend", "urlDigest");
    if (!(recordedUid.equals(backend.map(KubeObject::uid).orElse(""))
        && recordedUrl.equals(digest))) {
      throw PluginException.unknown(
          "The backend does not have the bot, and the object has no record that the bot was there (AccountChanged). See: kubectl okchat why %s"
              .formatted(live.name()));
    }
  }

  /** Returns the digest by which a status names the URL of its backend; empty without a URL. */
  private static String urlDigest(Optional<KubeObject> backend) {
    return backend
        .map(object -> HttpUrl.parse(object.text("spec", "url")))
        .map(url -> Digest.of(url.toString()))
        .orElse("");
  }

  /** Returns the slug that the operator looks up; empty for a derived one, which no bot has yet. */
  private String slug(KubeObject manifest, Optional<KubeObject> live, ChatbotSpec spec) {
    var recorded =
        live.map(object -> object.annotation(SLUG)).orElseGet(() -> manifest.annotation(SLUG));
    if (!recorded.isEmpty()) {
      if (spec.slug() != null && !spec.slug().equals(recorded)) {
        throw PluginException.unknown(
            "spec.slug differs from the slug %s that the bot was requested with: the operator blocks the object (ImmutableFieldChanged). Undo the change, or create a new object."
                .formatted(VisibleText.bounded(recorded, 80)));
      }
      return recorded;
    }
    if (inputs.isOffline() && spec.slug() == null) {
      throw PluginException.unknown(
          "The manifest does not name the slug of its bot, and without a cluster there is no other record of it. Set spec.slug, or the annotation %s."
              .formatted(SLUG));
    }
    return Objects.requireNonNullElse(spec.slug(), "");
  }

  private Optional<Bot> withSlug(AccountReader account, String slug) {
    return lists.computeIfAbsent(account, AccountReader::listAbridged).stream()
        .filter(bot -> slug.equals(bot.slug()))
        .findFirst()
        .flatMap(bot -> account.read(bot.id()));
  }

  private FoundBot ofSlug(
      AccountReader account,
      Bot bot,
      String slug,
      KubeObject manifest,
      Optional<KubeObject> live,
      ChatbotSpec spec) {
    if (inputs.isOffline()) {
      return new FoundBot(account, Optional.of(bot), Basis.SLUG, null);
    }
    requireNoOwner(bot, slug, manifest);
    var isShared = BackendName.of(manifest).kind() == Kind.CLUSTER_CHATBOT_BACKEND;
    if (!isShared && live.filter(BotFinder::hasClaim).isPresent()) {
      return new FoundBot(account, Optional.of(bot), Basis.OWNED, live.orElse(null));
    }
    if (!isShared && spec.adoption() == Adoption.BY_SLUG) {
      return new FoundBot(account, Optional.of(bot), Basis.ADOPTED, live.orElse(null));
    }
    if (live.filter(object -> !object.annotation(CLAIM).isEmpty()).isPresent()) {
      throw PluginException.unknown(
          "The create of the bot is not resolved yet. Wait for the operator, and see: kubectl okchat why %s"
              .formatted(manifest.name()));
    }
    throw PluginException.unknown(
        "A bot with the slug %s exists, and this object did not create it (SlugTaken). Choose another spec.slug%s."
            .formatted(
                VisibleText.bounded(slug, 80),
                isShared ? "" : ", or adopt the bot with spec.adoption: BySlug"));
  }

  /** Requires that no Chatbot has the bot: this one has none. */
  private void requireNoOwner(Bot bot, String slug, KubeObject manifest) {
    var namespace = inputs.namespaceOf(manifest);
    var backend = BackendName.of(manifest);
    var digest = urlDigest(inputs.live(backend.kind().type(), namespace, backend.name()));
    var owner = inputs.owner(namespace, bot.id(), digest);
    if (owner.isPresent()) {
      throw PluginException.unknown(
          "The slug %s belongs to %s%s (SlugConflict). Choose another spec.slug."
              .formatted(
                  VisibleText.bounded(slug, 80),
                  owner.get().title(),
                  owner.get().namespace().equals(namespace)
                      ? ""
                      : " in the namespace " + owner.get().namespace()));
    }
  }

  /** Returns whether this object, and not one that it was copied from, claimed the slug. */
  private static boolean hasClaim(KubeObject live) {
    return live.annotation(CLAIM).startsWith(live.uid() + "@");
  }

  private static void requireSameIdentity(KubeObject manifest, KubeObject live) {
    if (live.isBeingDeleted()) {
      throw PluginException.unknown(
          "The object is being deleted, so the operator does not apply it. Wait until it is gone.");
    }
    var isRecorded = !live.text("status", "id").isEmpty();
    if (isRecorded && !manifest.text("spec", "slug").equals(live.text("spec", "slug"))) {
      throw immutable("slug cannot be changed, added or removed once the bot exists");
    }
    if ((isRecorded || live.json().path("status").path("backend").isObject())
        && !BackendName.of(manifest).equals(BackendName.of(live))) {
      throw immutable("backendRef cannot be changed once the bot exists");
    }
  }

  static PluginException immutable(String what) {
    return PluginException.unknown(
        "spec.%s: the API server rejects the manifest. Undo the change, or create a new object."
            .formatted(what));
  }
}
