package ai.okchat.operator.chatbot;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Rules of which object may use which bot: the table of design.md 5.3 rule 7, computed from the
 * knowledge of the test (creator of each bot, source of each ID), not from the operator's records.
 */
final class OwnershipRules {

  /** Reason for which an object may use a bot. */
  enum Title {
    /** A create of this object made it. */
    MADE,
    /** Its id was obtained legitimately and is in the status, from this backend object. */
    RECORDED,
    /** An unresolved create of this object sent its slug. */
    CLAIMED,
    /** The object was restored: its recorded slug can only be meant for an object of this name. */
    RESTORED,
    /** The bot has the slug that the spec adopts. */
    ADOPTED,
    NONE
  }

  /**
   * A bot of the backend, existing or not.
   *
   * @param maker uid of the object whose create made it; empty for one that was made by hand
   */
  record KnownBot(
      String id, String organization, String slug, Instant createdAt, Optional<String> maker) {}

  /** The backend object that an id was obtained from. */
  record Origin(String id, String backend, String backendUid) {}

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  /**
   * Objects that sent a create without a conclusive outcome, and none since then that succeeded: a
   * rejected one says nothing about those before it.
   */
  final Set<String> unresolved = new HashSet<>();

  /** Objects whose annotations were written by a user. */
  final Set<String> annotatedByUser = new HashSet<>();

  /** Objects whose status was lost: what is left may be that of an unresolved create. */
  final Set<String> statusLost = new HashSet<>();

  /** Origin of the ID in the status of each object. */
  final Map<String, Origin> origins = new HashMap<>();

  private final Map<String, Set<String>> holders = new HashMap<>();

  void hold(String uid, String id) {
    holders.computeIfAbsent(id, _ -> new HashSet<>()).add(uid);
  }

  boolean isHolder(String uid, String id) {
    return holders.getOrDefault(id, Set.of()).contains(uid);
  }

  /**
   * Why the object may use the bot.
   *
   * @param others all objects that exist, as they are now
   */
  Title title(OwnedObject object, KnownBot bot, List<OwnedObject> others) {
    if (isRecurring(object, bot, others)) {
      return Title.NONE;
    }
    var hasId = bot.id().equals(object.id());
    if (hasId && !hasValidId(object, bot) && object.isShared()) {
      return Title.NONE;
    }
    if (bot.maker().equals(Optional.of(object.uid()))) {
      return Title.MADE;
    }
    if (hasValidId(object, bot) && isHolder(object.uid(), bot.id())) {
      return Title.RECORDED;
    }
    if (isClaimed(object, bot)) {
      return Title.CLAIMED;
    }
    if (!object.isShared() && isRestored(object, bot)) {
      return Title.RESTORED;
    }
    return !object.isShared()
            && object.adoptsBySlug()
            && (bot.slug().equals(object.specSlug()) || bot.slug().equals(object.recordedSlug()))
        ? Title.ADOPTED
        : Title.NONE;
  }

  /**
   * Row 1: another object has this id with a valid origin, and precedence. An id of another server
   * is the id of another bot.
   */
  boolean isRecurring(OwnedObject object, KnownBot bot, List<OwnedObject> others) {
    return others.stream()
        .filter(other -> !other.uid().equals(object.uid()))
        .filter(other -> other.url().equals(object.url()) && hasValidId(other, bot))
        .anyMatch(other -> !hasValidId(object, bot) || PRECEDENCE.compare(other, object) < 0);
  }

  /** Rule 8, among objects that all have the id. */
  private static final Comparator<OwnedObject> PRECEDENCE =
      Comparator.<OwnedObject, Boolean>comparing(object -> !object.isClaimedByItself())
          .thenComparing(OwnedObject::createdAt)
          .thenComparing(OwnedObject::uid);

  /** Rule 6: an id counts only for its origin. */
  boolean hasValidId(OwnedObject object, KnownBot bot) {
    return bot.id().equals(object.id()) && hasValidOrigin(object);
  }

  private boolean hasValidOrigin(OwnedObject object) {
    var origin = origins.get(object.uid());
    return origin != null
        && origin.id().equals(object.id())
        && origin.backend().equals(object.backend())
        && origin.backendUid().equals(object.backendUid());
  }

  /** Row 3: an unresolved claim of this uid for this slug; the bot is not older than it. */
  private boolean isClaimed(OwnedObject object, KnownBot bot) {
    var claim = object.provedClaim();
    return object.id().isEmpty()
        && claim.isPresent()
        && claim.get().uid().equals(object.uid())
        && (unresolved.contains(object.uid())
            || (!object.isShared()
                && (annotatedByUser.contains(object.uid()) || statusLost.contains(object.uid()))))
        && claim.get().slug().equals(bot.slug())
        && !bot.createdAt().isBefore(claim.get().at().minus(CLOCKS_DIFFER));
  }

  /** Row 4: an id of invalid origin or a claim of another uid, for a slug of this name. */
  private boolean isRestored(OwnedObject object, KnownBot bot) {
    var isOfAnother =
        object.id().isEmpty()
            ? object.claim().filter(claim -> !claim.uid().equals(object.uid())).isPresent()
            : !hasValidOrigin(object);
    var slug = object.recordedSlug();
    return isOfAnother
        && slug.equals(bot.slug())
        && (slug.equals(object.specSlug()) || object.isDerived(slug));
  }

  /** A claim as its annotations or the status say it. */
  record RecordedClaim(String slug, String uid, Instant at) {}

  /**
   * A Chatbot as the API server has it.
   *
   * @param backend kind, namespace and name of what spec.backendRef names
   * @param backendUid empty where that does not exist
   * @param url the server that it leads to; empty likewise
   * @param organization that its key opens
   */
  record OwnedObject(
      JsonNode json, String backend, String backendUid, String url, String organization) {

    static final String FINALIZER = "okchat.ai/finalizer";

    private static final String SLUG = "okchat.ai/slug";
    private static final String CLAIM = "okchat.ai/claim";

    String uid() {
      return metadata("uid");
    }

    String place() {
      return metadata("namespace") + "/" + metadata("name");
    }

    Instant createdAt() {
      return Instant.parse(metadata("creationTimestamp"));
    }

    boolean isShared() {
      return backend.startsWith("ClusterChatbotBackend");
    }

    boolean isDeleted() {
      return json.path("metadata").has("deletionTimestamp");
    }

    boolean hasFinalizer() {
      for (var finalizer : json.path("metadata").path("finalizers")) {
        if (finalizer.asText().equals(FINALIZER)) {
          return true;
        }
      }
      return false;
    }

    boolean isSuspended() {
      return json.path("spec").path("suspend").asBoolean();
    }

    boolean adoptsBySlug() {
      return json.path("spec").path("adoption").asText().equals("BySlug");
    }

    boolean orphans() {
      return json.path("spec").path("deletionPolicy").asText().equals("Orphan");
    }

    /** Empty where the slug is derived. */
    String specSlug() {
      return json.path("spec").path("slug").asText("");
    }

    String id() {
      return json.path("status").path("id").asText("");
    }

    /** The slug in the status or in the annotation; empty where none is recorded. */
    String recordedSlug() {
      var inStatus = json.path("status").path("slug").asText("");
      return inStatus.isEmpty() ? annotation(SLUG) : inStatus;
    }

    Optional<RecordedClaim> claim() {
      var parts = annotation(CLAIM).split("@", 2);
      return annotation(SLUG).isEmpty() || parts.length < 2
          ? Optional.empty()
          : Optional.of(new RecordedClaim(annotation(SLUG), parts[0], time(parts[1])));
    }

    Optional<RecordedClaim> statusClaim() {
      var claim = json.path("status").path("claim");
      return claim.isObject()
          ? Optional.of(
              new RecordedClaim(
                  claim.path("slug").asText(),
                  claim.path("uid").asText(),
                  time(claim.path("at").asText())))
          : Optional.empty();
    }

    /** Users can edit annotations: the status has precedence, and alone counts when shared. */
    private Optional<RecordedClaim> provedClaim() {
      return isShared() ? statusClaim() : statusClaim().or(this::claim);
    }

    boolean isClaimedByItself() {
      return provedClaim().filter(recorded -> recorded.uid().equals(uid())).isPresent();
    }

    boolean isDerived(String slug) {
      return slug.matches(metadata("namespace") + "-" + metadata("name") + "-[0-9a-f]{8}");
    }

    /** The status of a condition; empty where the object has none of this type. */
    Optional<String> condition(String type) {
      return condition(type, "status");
    }

    String reason() {
      return condition("Ready", "reason").orElse("");
    }

    boolean isReady() {
      return condition("Ready").equals(Optional.of("True"))
          && json.path("status").path("observedGeneration").asLong()
              == json.path("metadata").path("generation").asLong();
    }

    private Optional<String> condition(String type, String field) {
      for (var condition : json.path("status").path("conditions")) {
        if (condition.path("type").asText().equals(type)) {
          return Optional.of(condition.path(field).asText());
        }
      }
      return Optional.empty();
    }

    private String annotation(String name) {
      return json.path("metadata").path("annotations").path(name).asText("");
    }

    private String metadata(String name) {
      return json.path("metadata").path(name).asText("");
    }

    private static Instant time(String text) {
      try {
        return Instant.parse(Objects.requireNonNull(text));
      } catch (DateTimeParseException e) {
        return Instant.MAX;
      }
    }
  }
}
