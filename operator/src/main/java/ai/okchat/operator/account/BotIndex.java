package ai.okchat.operator.account;

import ai.okchat.client.Bot;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The bots of one list, by ID and by slug, updated with the writes of the operator. */
final class BotIndex {

  private final Instant startedAt;
  private final Map<String, Bot> byId = new ConcurrentHashMap<>();
  private final Map<String, String> idBySlug = new ConcurrentHashMap<>();
  private final Set<String> organizations = new ConcurrentSkipListSet<>();

  BotIndex(Collection<Bot> bots, Instant startedAt) {
    this.startedAt = startedAt;
    bots.forEach(this::put);
  }

  /** Returns when the request for this list was sent. */
  Instant startedAt() {
    return startedAt;
  }

  Optional<Bot> bot(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<Bot> withSlug(String slug) {
    // A bot whose slug changed is still indexed under the old one.
    return Optional.ofNullable(idBySlug.get(slug))
        .flatMap(this::bot)
        .filter(bot -> slug.equals(bot.slug()));
  }

  Collection<Bot> bots() {
    return byId.values();
  }

  boolean hasOrganization(String organization) {
    return organizations.contains(organization);
  }

  /** Returns the organizations of the bots, in a stable order: a key may read more than one. */
  Stream<String> organizations() {
    return organizations.stream();
  }

  /** Stores a bot with the fields that a comparison needs: long texts become digests. */
  void put(Bot whole) {
    var bot = whole.abridged();
    byId.put(bot.id(), bot);
    if (bot.slug() != null) {
      idBySlug.put(bot.slug(), bot.id());
    }
    if (bot.organizationId() != null) {
      organizations.add(bot.organizationId());
    }
  }

  void remove(String id) {
    var bot = byId.remove(id);
    if (bot != null && bot.slug() != null) {
      idBySlug.remove(bot.slug(), id);
    }
  }

  /** Returns the bots that were added, removed or changed since then. */
  InventoryChange changeFrom(BotIndex before) {
    var ids = new HashSet<>(before.byId.keySet());
    ids.addAll(byId.keySet());
    ids.removeIf(id -> looksSame(before.byId.get(id), byId.get(id)));
    var slugs = new HashSet<String>();
    for (var id : ids) {
      addSlug(slugs, before.byId.get(id));
      addSlug(slugs, byId.get(id));
    }
    return new InventoryChange(ids, slugs, byId.size());
  }

  /**
   * Compares only the fields that both have: a list shows fewer fields than the response to a
   * write.
   */
  static boolean looksSame(@Nullable Bot then, @Nullable Bot now) {
    if (then == null || now == null || then.equals(now)) {
      return then != null && now != null;
    }
    if (!Objects.equals(then.slug(), now.slug())) {
      return false;
    }
    var before = then.fields();
    var shared = now.fields().retain(before.propertyStream().map(Map.Entry::getKey).toList());
    return before.retain(shared.propertyStream().map(Map.Entry::getKey).toList()).equals(shared);
  }

  private static void addSlug(Set<String> slugs, @Nullable Bot bot) {
    if (bot != null && bot.slug() != null) {
      slugs.add(bot.slug());
    }
  }
}
