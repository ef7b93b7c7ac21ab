package ai.okchat.operator.chatbot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.ClusterChatbotBackend;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.chatbot.OwnershipRules.KnownBot;
import ai.okchat.operator.chatbot.OwnershipRules.Origin;
import ai.okchat.operator.chatbot.OwnershipRules.OwnedObject;
import ai.okchat.operator.chatbot.OwnershipRules.Title;
import ai.okchat.operator.lifecycle.ClaimAnnotation;
import ai.okchat.operator.testing.Backend;
import ai.okchat.operator.testing.InMemoryApiServer;
import ai.okchat.operator.testing.MovingClock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two tenants with Chatbots on backends of their own, on a shared account and on a hostile server,
 * one operator, and everything that users, administrators and networks do to them. Keeps the truth
 * about every bot and checks after each reconciliation that the operator kept to design.md 5.2, 5.3
 * and 7.
 */
final class OwnershipModel implements AutoCloseable {

  /** Cluster and namespace of a Chatbot. */
  enum Place {
    A_ONE("team-a", "one"),
    A_TWO("team-a", "two"),
    B_ONE("team-b", "one"),
    B_TWO("team-b", "two");

    final String namespace;
    final String name;

    Place(String namespace, String name) {
      this.namespace = namespace;
      this.name = name;
    }
  }

  /** The backend object that a Chatbot names. */
  enum Through {
    /** The ChatbotBackend of its namespace. */
    OWN("ChatbotBackend", "default"),
    /** The ClusterChatbotBackend that both namespaces may use. */
    SHARED("ClusterChatbotBackend", "shared"),
    /** A ChatbotBackend whose server returns any response. */
    HOSTILE("ChatbotBackend", "hostile");

    final String kind;
    final String name;

    Through(String kind, String name) {
      this.kind = kind;
      this.name = name;
    }
  }

  /** The accounts of the sandbox. */
  enum Account {
    A,
    B,
    SHARED,
    EMPTY
  }

  private static final Logger log = LoggerFactory.getLogger(OwnershipModel.class);

  static final Duration POLL = Duration.ofSeconds(60);
  private static final int ROUNDS = 2;

  /** Servers that all sequences share: their start takes longer than a sequence. */
  private static final class Servers {
    static final Servers STARTED = new Servers();

    final MovingClock clock = new MovingClock();
    final Backend sandbox =
        Backend.start(
            clock,
            "key-A=A",
            "key-A2=A",
            "key-B=B",
            "key-B2=B",
            "key-SHARED=SHARED",
            "key-SHARED2=SHARED",
            "key-EMPTY=EMPTY");
    final HostileBackend hostile = new HostileBackend();
    final InMemoryApiServer cluster = new InMemoryApiServer(clock);
    final Interruptions interruptions = new Interruptions();
    final OkHttpClient direct = new OkHttpClient();
    final OkHttpClient http =
        direct.newBuilder().addInterceptor(interruptions).retryOnConnectionFailure(false).build();
    final Map<Account, String> organizations = new HashMap<>();

    Servers() {
      for (var account : Account.values()) {
        organizations.put(account, sandbox.acceptKey("key-" + account, account.name()));
      }
    }
  }

  private final Servers servers = Servers.STARTED;
  final MovingClock clock = servers.clock;
  final Backend sandbox = servers.sandbox;
  final HostileBackend hostile = servers.hostile;
  final InMemoryApiServer cluster = servers.cluster;
  final Interruptions interruptions = servers.interruptions;
  final OwnershipRules rules = new OwnershipRules();

  private final Map<String, KnownBot> bots = new LinkedHashMap<>();

  /** An object as it was, and where its id came from. */
  private record Backup(OwnedObject object, Optional<Origin> origin) {}

  private final Map<Place, Backup> backups = new HashMap<>();
  private final Map<Instant, Map<Request, String>> arrivals = new HashMap<>();

  /** Objects for which a rule accepts a second bot, or one that nothing can find again. */
  private final Set<String> exempt = new HashSet<>();

  /** Bots whose slug got a suffix in a response that did not arrive: nothing finds them. */
  private final Set<String> untold = new HashSet<>();

  private final Set<String> strippedByUser = new HashSet<>();

  private boolean isViewLost;
  private Set<String> existing = Set.of();
  private Map<String, JsonNode> stored = Map.of();
  private long journalRead;
  private Instant polledAt = clock.instant();
  private DrivenOperator operator;

  OwnershipModel() {
    sandbox.reset();
    hostile.reset();
    cluster.reset();
    interruptions.clear();
    cluster.onRequest(_ -> countRequest());
    createBackends();
    operator = new DrivenOperator(cluster, servers.http, clock);
    operator.reconcileBackends();
    readSandbox();
    journalRead = 0;
  }

  // Steps of users and administrators.

  void create(Place place, Through through, String spec) {
    create(place, manifest(place, through, spec));
  }

  Chatbot create(Place place, Chatbot manifest) {
    return cluster.create(manifest);
  }

  Optional<Chatbot> at(Place place) {
    return cluster.find(Chatbot.class, place.namespace, place.name);
  }

  void edit(Place place, Consumer<ObjectNode> change) {
    at(place).ifPresent(chatbot -> cluster.edit(chatbot, change));
  }

  void editSpec(Place place, Consumer<ObjectNode> change) {
    edit(place, object -> change.accept((ObjectNode) object.get("spec")));
  }

  void delete(Place place) {
    at(place)
        .ifPresent(
            chatbot -> {
              var before = owned(chatbot);
              cluster.delete(chatbot);
              if (cluster.json(chatbot).isEmpty()) {
                ended(before, before);
              }
            });
  }

  String makeByHand(Account account, String slug) {
    var made =
        sandbox.createInDashboard(
            Map.of("name", "Made by hand", "slug", slug, "organization", account.name()));
    readSandbox();
    return made.path("id").asText();
  }

  /** The bots that exist, oldest first. */
  List<KnownBot> bots() {
    return bots.values().stream().filter(bot -> existing.contains(bot.id())).toList();
  }

  Optional<KnownBot> bot(int number) {
    var all = bots();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(number % all.size()));
  }

  void deleteByHand(KnownBot bot) {
    sandbox.deleteInDashboard(bot.id());
    readSandbox();
  }

  void changeByHand(KnownBot bot) {
    sandbox.changeInDashboard(bot.id(), Map.of("name", "Changed by hand"));
    readSandbox();
  }

  boolean isSlugTaken(String slug) {
    return bots().stream().anyMatch(bot -> bot.slug().equals(slug));
  }

  /** Lists show nothing until the faults are cleared, whatever bots there are. */
  void loseView(int times) {
    isViewLost |= times != 1;
    sandbox.fault("list-chatbots", "empty-list", Map.of("times", times));
  }

  void clearFaults() {
    isViewLost = false;
    sandbox.clearFaults();
  }

  String organization(Account account) {
    return Objects.requireNonNull(servers.organizations.get(account));
  }

  /** Puts another API key into the Secret of a backend object. */
  void useKey(String namespace, String secret, String key) {
    var found = cluster.find(Secret.class, namespace, secret).orElseThrow();
    cluster.edit(found, object -> object.withObject("/data").put("api-key", encoded(key)));
  }

  /** Keeps the object as it is now for a later restore. */
  void backUp(Place place) {
    at(place)
        .ifPresent(
            chatbot -> {
              var origin = rules.origins.get(chatbot.getMetadata().getUid());
              backups.put(place, new Backup(owned(chatbot), Optional.ofNullable(origin)));
            });
  }

  /** The cluster loses the object; its finalizers did not run. */
  void lose(Place place) {
    at(place).ifPresent(cluster::lose);
  }

  /**
   * Creates an object from the backup of one, under a new uid, at the same place or another.
   *
   * @param withStatus whether the restore writes the status too, as an administrator may
   * @param through another backend than the backup names; null: the same
   */
  void restore(Place from, Place to, boolean withStatus, @Nullable Through through) {
    var backup = backups.get(from);
    if (backup == null || at(to).isPresent()) {
      return;
    }
    var json = (ObjectNode) backup.object().json().deepCopy();
    json.withObject("/metadata").put("namespace", to.namespace).put("name", to.name);
    json.withObject("/metadata").remove(List.of("finalizers", "ownerReferences"));
    if (through != null) {
      json.withObject("/spec").set("backendRef", backendRef(through));
    }
    var created = create(to, Serialization.unmarshal(json.toString(), Chatbot.class));
    var uid = created.getMetadata().getUid();
    rules.annotatedByUser.add(uid);
    if (withStatus) {
      cluster.edit(created, object -> object.set("status", json.path("status").deepCopy()));
      backup
          .origin()
          .ifPresent(
              origin -> {
                rules.origins.put(uid, origin);
                rules.hold(uid, origin.id());
              });
    }
  }

  /** Writes the two annotations of a claim, as anybody with the right to edit the object can. */
  void forgeClaim(Place place, String slug, boolean asItself) {
    at(place)
        .ifPresent(
            chatbot -> {
              var uid = asItself ? chatbot.getMetadata().getUid() : "00000000-forged";
              rules.annotatedByUser.add(chatbot.getMetadata().getUid());
              cluster.edit(
                  chatbot,
                  object ->
                      object
                          .withObject("/metadata")
                          .withObject("/annotations")
                          .put(Claim.SLUG_ANNOTATION, slug)
                          .put(ClaimAnnotation.KEY, uid + "@" + clock.instant()));
            });
  }

  /** Nothing of the status is left; the annotations are. */
  void loseStatus(Place place) {
    at(place)
        .ifPresent(
            chatbot -> {
              cluster.edit(chatbot, object -> object.remove("status"));
              rules.statusLost.add(chatbot.getMetadata().getUid());
              if (owned(chatbot).isShared()) {
                // Only the status proves there whose bot it is (5.3 rule 8).
                exempt.add(chatbot.getMetadata().getUid());
              }
              rules.origins.remove(chatbot.getMetadata().getUid());
            });
  }

  void stripFinalizer(Place place) {
    at(place)
        .ifPresent(
            chatbot -> {
              strippedByUser.add(chatbot.getMetadata().getUid());
              cluster.edit(chatbot, object -> object.withObject("/metadata").remove("finalizers"));
            });
  }

  // Steps that concern the operator.

  void restart() {
    operator.close();
    interruptions.clear();
    operator = new DrivenOperator(cluster, servers.http, clock);
  }

  /** Lets time pass: requests arrive, polls and reconciliations happen. */
  void advance(Duration duration) {
    var end = clock.instant().plus(duration);
    while (clock.instant().isBefore(end)) {
      var left = Duration.between(clock.instant(), end);
      clock.pass(left.compareTo(Duration.ofSeconds(20)) < 0 ? left : Duration.ofSeconds(20));
      arrive();
      if (!clock.instant().isBefore(polledAt.plus(POLL))) {
        polledAt = clock.instant();
        operator.poll();
        reconcileBackends();
      }
      reconcileChatbots();
    }
  }

  /** Reconciles everything until nothing should be left to do at this time. */
  void settle() {
    reconcileBackends();
    for (var round = 0; round < ROUNDS; round++) {
      reconcileChatbots();
      clock.passSeconds(1);
    }
    checkReady();
  }

  private void reconcileBackends() {
    operator.reconcileBackends();
    restartIfKilled();
  }

  private void reconcileChatbots() {
    for (var chatbot : cluster.list(Chatbot.class)) {
      reconcile(chatbot);
    }
  }

  private void reconcile(Chatbot chatbot) {
    var before = owned(chatbot);
    var sent = interruptions.sent();
    operator.reconcile(chatbot);
    var killed = interruptions.wasKilled();
    for (var late : interruptions.takeLate()) {
      rules.unresolved.add(before.uid());
      arrivals
          .computeIfAbsent(clock.instant().plusSeconds(20), _ -> new HashMap<>())
          .put(late, before.uid());
    }
    if (interruptions.sent() > sent) {
      check(before, killed);
    }
    noteRecord(chatbot, before);
    restartIfKilled();
  }

  private void restartIfKilled() {
    if (interruptions.wasKilled()) {
      restart();
    }
  }

  /** Requests that were under way for long arrive, whatever became of who sent them. */
  private void arrive() {
    var due =
        arrivals.keySet().stream().filter(at -> !at.isAfter(clock.instant())).sorted().toList();
    for (var at : due) {
      Objects.requireNonNull(arrivals.remove(at)).forEach(this::send);
    }
  }

  private void send(Request request, String uid) {
    try (var _ = servers.direct.newCall(request).execute()) {
      log.atDebug().log("A late request arrived");
    } catch (IOException e) {
      log.atDebug().setCause(e).log("The response of a late request was lost");
    }
    readSandbox().forEach(id -> attribute(id, uid));
    journalRead =
        sandbox.requestsSince(journalRead).stream()
            .mapToLong(Backend.Request::seq)
            .max()
            .orElse(journalRead);
    checkOneBotEach();
  }

  // Invariants.

  /** Invariants 1 and 2, for the requests of one reconciliation. */
  private void check(OwnedObject before, boolean killed) {
    var requests = sandbox.requestsSince(journalRead);
    if (requests.isEmpty()) {
      return;
    }
    journalRead = requests.getLast().seq();
    var others = objects();
    var storedBefore = stored;
    requests.forEach(request -> noteCreate(before, request, killed));
    readSandbox().forEach(id -> attribute(id, before.uid()));
    for (var request : requests) {
      if (!request.chatbotId().isEmpty()) {
        checkMayUse(before, others, request);
      }
    }
    for (var id : storedBefore.keySet()) {
      if (!storedBefore.get(id).equals(stored.get(id))) {
        assertThat(rules.title(before, known(id), others))
            .as("title of %s for the bot %s that its reconciliation changed", say(before), say(id))
            .isNotEqualTo(Title.NONE);
      }
    }
    checkOneBotEach();
  }

  /** Invariant 1: no request with the id of a bot that belongs to someone else. */
  private void checkMayUse(OwnedObject object, List<OwnedObject> others, Backend.Request request) {
    var bot = bots.get(request.chatbotId());
    if (bot == null) {
      return;
    }
    var what = "%s of %s for %s".formatted(request.endpoint(), say(bot.id()), say(object));
    var title = rules.title(object, bot, others);
    assertThat(title).as(what + " needs a title (5.3 rule 7)").isNotEqualTo(Title.NONE);
    if (object.isSuspended()) {
      fail(what + ": a paused object sends nothing (7)");
    }
    if (request.endpoint().equals("delete-chatbot")) {
      assertThat(object.isDeleted()).as(what + " needs a deletion").isTrue();
      assertThat(object.orphans()).as(what + " is against deletionPolicy Orphan").isFalse();
      var isOnlyRestored =
          title != Title.MADE
              && object.claim().filter(claim -> !claim.uid().equals(object.uid())).isPresent();
      assertThat(isOnlyRestored && !object.adoptsBySlug())
          .as(what + ": the claim has another uid, so it orphans with a receipt (5.3 rule 9)")
          .isFalse();
    }
  }

  /** Invariant 2: at most one bot for each Chatbot. */
  private void checkOneBotEach() {
    var byMaker =
        bots().stream()
            .filter(bot -> bot.maker().isPresent())
            .collect(Collectors.groupingBy(bot -> bot.maker().get()));
    byMaker.forEach(
        (uid, made) -> {
          if (rules.statusLost.contains(uid) && isInTwoAccounts(made)) {
            exempt.add(uid);
          }
          if (!exempt.contains(uid)) {
            assertThat(made).as("bots of one Chatbot").hasSizeLessThanOrEqualTo(1);
          }
        });
  }

  private static boolean isInTwoAccounts(List<KnownBot> bots) {
    return bots.stream().map(KnownBot::organization).distinct().count() > 1;
  }

  /** Invariant 3: a deletion that ended left nothing, or a receipt, or it was asked to. */
  private void ended(OwnedObject before, OwnedObject last) {
    if (before.orphans()
        || strippedByUser.contains(before.uid())
        || exempt.contains(before.uid())
        || hasReceipt(before.uid())) {
      return;
    }
    var others = objects();
    var left =
        bots().stream()
            .filter(
                bot ->
                    bot.maker().equals(Optional.of(before.uid()))
                        || (!isThroughHostile(last)
                            && rules.hasValidId(last, bot)
                            && rules.isHolder(before.uid(), bot.id())))
            .filter(bot -> others.stream().noneMatch(other -> rules.hasValidId(other, bot)))
            .map(bot -> say(bot.id()))
            .toList();
    assertThat(left).as("left behind without a receipt by %s", say(before)).isEmpty();
  }

  /** A server of a tenant says which bots it has, and deletes none of them. */
  private static boolean isThroughHostile(OwnedObject object) {
    return object.backend().endsWith(Through.HOSTILE.name);
  }

  private boolean hasReceipt(String uid) {
    return cluster.list(ConfigMap.class).stream()
        .anyMatch(receipt -> receipt.getMetadata().getName().equals("okchat-orphan-" + uid));
  }

  /** Invariant 4: no Chatbot says Ready with an id that is not its own. */
  private void checkReady() {
    var objects = objects();
    var readyByBot = new HashMap<String, List<String>>();
    for (var object : objects) {
      var bot = bots.get(object.id());
      if (bot == null || !object.isReady() || object.isSuspended() || isThroughHostile(object)) {
        continue;
      }
      assertThat(rules.title(object, bot, objects))
          .as("title of %s, which says Ready, for %s", say(object), say(bot.id()))
          .isNotEqualTo(Title.NONE);
      readyByBot.computeIfAbsent(bot.id(), _ -> new ArrayList<>()).add(say(object));
    }
    assertThat(readyByBot.values()).allSatisfy(ready -> assertThat(ready).hasSize(1));
  }

  /** At the end: whatever no rule keeps from it becomes Ready; deletions end or say why not. */
  void checkEnd() {
    clearFaults();
    interruptions.clear();
    sandbox.flip("listLagMillis", 0);
    sandbox.flip("slugTakenStatus", "409");
    var wrong = Set.of("not looked at yet");
    for (var minute = 0; minute < 8 && !wrong.isEmpty(); minute++) {
      advance(POLL.plusSeconds(1));
      wrong = unfinished();
    }
    settle();
    assertThat(unfinished()).as("objects that nothing keeps from an end").isEmpty();
    reconcileChatbots();
    assertThat(unfinished()).as("objects that do not stay at their end").isEmpty();
  }

  private Set<String> unfinished() {
    return objects().stream()
        .filter(object -> !isThroughHostile(object))
        .filter(object -> !(object.isDeleted() ? mayWait(object) : mayStay(object)))
        .map(
            object ->
                "%s: Ready=%s/%s Stalled=%s"
                    .formatted(
                        say(object),
                        object.condition("Ready").orElse("none"),
                        object.reason(),
                        object.condition("Stalled").orElse("none")))
        .collect(Collectors.toSet());
  }

  private static boolean mayWait(OwnedObject deleted) {
    return deleted.isSuspended() || deleted.reason().equals("DeletionBlocked");
  }

  /** Returns whether a rule keeps the object as it is until a user acts. */
  private boolean mayStay(OwnedObject object) {
    return object.isReady()
        || object.isSuspended()
        || switch (object.reason()) {
          case "SlugTaken", "SlugConflict" -> !isMissingItsOwnBot(object);
          case "AccountChanged", "BotMissing", "ImmutableFieldChanged" -> true;
          case "CredentialsRejected", "ReferenceNotFound", "ReferenceNotPermitted" -> true;
          default -> false;
        };
  }

  /**
   * A conflict about the slug of a bot that this very object made is no conflict. On a shared
   * account only the status proves that it did (5.3 rule 8).
   */
  private boolean isMissingItsOwnBot(OwnedObject object) {
    if (object.isShared() && object.id().isEmpty() && object.statusClaim().isEmpty()) {
      return false;
    }
    var objects = objects();
    return bots().stream()
        .filter(bot -> bot.maker().equals(Optional.of(object.uid())))
        .filter(bot -> !untold.contains(bot.id()))
        .filter(bot -> bot.organization().equals(object.organization()))
        .anyMatch(bot -> rules.title(object, bot, objects) != Title.NONE);
  }

  // The truth.

  /** Reads what the sandbox has; the ids that are new. */
  private List<String> readSandbox() {
    var all = sandbox.bots();
    var fresh = new ArrayList<String>();
    for (var bot : all) {
      var id = bot.path("id").asText();
      if (bots.putIfAbsent(id, known(bot)) == null) {
        fresh.add(id);
      }
    }
    stored = all.stream().collect(Collectors.toMap(bot -> bot.path("id").asText(), bot -> bot));
    existing = stored.keySet();
    return fresh;
  }

  private KnownBot known(String id) {
    return Objects.requireNonNull(bots.get(id), id);
  }

  private static KnownBot known(JsonNode bot) {
    return new KnownBot(
        bot.path("id").asText(),
        bot.path("organization_id").asText(),
        bot.path("slug").asText(),
        OffsetDateTime.parse(bot.path("created_at").asText()).toInstant(),
        Optional.empty());
  }

  private void attribute(String id, String uid) {
    var isUnresolved = rules.unresolved.contains(uid);
    if (isUnresolved && known(id).slug().matches(".*-[0-9]")) {
      untold.add(id);
      exempt.add(uid);
    }
    if (isUnresolved && isViewLost) {
      exempt.add(uid); // Two empty lists in a row count (5.3 rule 5).
    }
    bots.computeIfPresent(
        id,
        (_, bot) ->
            new KnownBot(id, bot.organization(), bot.slug(), bot.createdAt(), Optional.of(uid)));
  }

  /**
   * Records whether a create is unresolved: its result did not reach the operator, or was lost with
   * it.
   */
  private void noteCreate(OwnedObject object, Backend.Request request, boolean killed) {
    if (!request.endpoint().equals("create-chatbot")) {
      return;
    }
    var isLost = Set.of("cut-before", "cut-after", "truncate", "html").contains(request.fault());
    if (killed || isLost || request.status() >= 500) {
      rules.unresolved.add(object.uid());
    } else if (request.status() < 300) {
      rules.unresolved.remove(object.uid());
    }
  }

  /** After a reconciliation: what it recorded, and whether the object is gone. */
  private void noteRecord(Chatbot chatbot, OwnedObject before) {
    if (cluster.json(chatbot).isEmpty()) {
      ended(before, before);
      operator.forget(chatbot);
      return;
    }
    var after = owned(chatbot);
    if (after.id().isEmpty()) {
      rules.origins.remove(after.uid());
      return;
    }
    var bot = bots.get(after.id());
    if (!after.id().equals(before.id()) || !rules.origins.containsKey(after.uid())) {
      rules.origins.put(after.uid(), new Origin(after.id(), after.backend(), after.backendUid()));
    }
    if (bot != null && rules.title(before, bot, objects()) != Title.NONE) {
      rules.hold(after.uid(), after.id());
    }
  }

  private List<OwnedObject> objects() {
    return cluster.list(Chatbot.class).stream().map(this::owned).toList();
  }

  private OwnedObject owned(Chatbot chatbot) {
    var json = cluster.json(chatbot).orElseThrow();
    var key = BackendKey.of(chatbot);
    Class<? extends BackendObject> kind =
        key.isShared() ? ClusterChatbotBackend.class : ChatbotBackend.class;
    return cluster
        .find(kind, key.namespace(), key.name())
        .map(
            backend ->
                new OwnedObject(
                    json,
                    key.toString(),
                    backend.getMetadata().getUid(),
                    backend.getSpec().url(),
                    organizationOf(key)))
        .orElseGet(() -> new OwnedObject(json, key.toString(), "", "", ""));
  }

  /** The organization that the key of the backend object opens. */
  private String organizationOf(BackendKey backend) {
    var namespace = backend.isShared() ? DrivenOperator.NAMESPACE : backend.namespace();
    var secret = backend.isShared() ? "shared" : "okchat";
    return cluster
        .find(Secret.class, namespace, secret)
        .map(found -> new String(Base64.getDecoder().decode(found.getData().get("api-key")), UTF_8))
        .map(key -> key.replaceAll("^key-|2$", ""))
        .map(name -> organization(Account.valueOf(name)))
        .orElse("");
  }

  private String say(OwnedObject object) {
    return "%s (uid %s, %s)".formatted(object.place(), object.uid(), object.backend());
  }

  private String say(String id) {
    var bot = known(id);
    return "bot %s of %s"
        .formatted(
            bot.slug(), bot.maker().map(uid -> "the object " + uid).orElse("somebody by hand"));
  }

  private void countRequest() {
    try {
      interruptions.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // The cluster.

  private void createBackends() {
    for (var namespace : List.of("team-a", "team-b")) {
      var account = namespace.equals("team-a") ? Account.A : Account.B;
      createSecret(namespace, "okchat", "key-" + account);
      createSecret(namespace, "hostile", "any");
      create(
          ChatbotBackend.class,
          namespace,
          "default",
          sandbox.url(),
          "{name: okchat, key: api-key}");
      create(
          ChatbotBackend.class,
          namespace,
          "hostile",
          hostile.url(),
          "{name: hostile, key: api-key}");
    }
    createSecret(DrivenOperator.NAMESPACE, "shared", "key-SHARED");
    create(
        ClusterChatbotBackend.class,
        null,
        "shared",
        sandbox.url(),
        "{namespace: okchat-system, name: shared, key: api-key}");
  }

  private void create(
      Class<? extends HasMetadata> kind,
      @Nullable String namespace,
      String name,
      String url,
      String secret) {
    cluster.create(
        Serialization.unmarshal(
            """
            metadata: {%sname: %s}
            spec:
              url: %s
              allowInsecure: true
              apiKeySecretRef: %s
              pollInterval: %ss
              requestTimeout: 30s
              rateLimit: {requestsPerSecond: 1000, burst: 10000}
              allowedNamespaces: {names: [team-a, team-b]}
            """
                .formatted(
                    namespace == null ? "" : "namespace: " + namespace + ", ",
                    name,
                    url,
                    secret,
                    POLL.toSeconds()),
            kind));
  }

  private void createSecret(String namespace, String name, String key) {
    cluster.create(
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace(namespace)
            .withName(name)
            .endMetadata()
            .addToData("api-key", encoded(key))
            .build());
  }

  private static String encoded(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(UTF_8));
  }

  private Chatbot manifest(Place place, Through through, String spec) {
    var chatbot = Manifest.chatbot("");
    chatbot.getMetadata().setNamespace(place.namespace);
    chatbot.getMetadata().setName(place.name);
    var backend = "backendRef: {kind: %s, name: %s}\n".formatted(through.kind, through.name);
    chatbot.setSpec(Manifest.spec(backend + spec));
    return chatbot;
  }

  static ObjectNode backendRef(Through through) {
    return Manifest.json(
        "{\"kind\": \"%s\", \"name\": \"%s\"}".formatted(through.kind, through.name));
  }

  @Override
  public void close() {
    operator.close();
  }
}
