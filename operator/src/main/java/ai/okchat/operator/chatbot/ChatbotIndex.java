package ai.okchat.operator.chatbot;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.backend.BackendHold;
import ai.okchat.operator.backend.BackendKey;
import ai.okchat.operator.backend.BackendUsage;
import ai.okchat.operator.shard.OtherShards;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds Chatbots in the informer's cache: by backend, by the bot's id, by slug. Where it matters
 * what the Chatbots of other operators hold, asks for that too.
 */
public final class ChatbotIndex implements BackendUsage {

  private static final String BY_BACKEND = "by-backend";
  private static final String BY_NAMESPACE = "by-namespace";
  private static final String BY_ID = "by-id";
  private static final String BY_SLUG = "by-slug";

  /**
   * The holder of an id wins, then who recorded a claim of its own, as is done before a bot is
   * made; then the older object, then the lower uid.
   */
  private static final Comparator<Chatbot> PRECEDENCE =
      Comparator.<Chatbot, Boolean>comparing(it -> statusId(it) == null)
          .thenComparing(it -> Claim.recordedOn(it).filter(claim -> claim.isBy(it)).isEmpty())
          .thenComparing(it -> it.getMetadata().getCreationTimestamp())
          .thenComparing(it -> it.getMetadata().getUid());

  private final OtherShards elsewhere;
  private volatile @Nullable IndexerResourceCache<Chatbot> cache;

  public ChatbotIndex(OtherShards elsewhere) {
    this.elsewhere = elsewhere;
  }

  void attach(IndexerResourceCache<Chatbot> primaryCache) {
    primaryCache.addIndexer(BY_BACKEND, it -> List.of(BackendKey.of(it).toString()));
    primaryCache.addIndexer(BY_NAMESPACE, it -> List.of(it.getMetadata().getNamespace()));
    primaryCache.addIndexer(BY_ID, it -> Stream.ofNullable(statusId(it)).toList());
    primaryCache.addIndexer(BY_SLUG, it -> List.of(slug(it)));
    cache = primaryCache;
  }

  @Override
  public boolean isReferredTo(BackendKey backend) {
    return !referringTo(backend).isEmpty();
  }

  @Override
  public boolean isUsed(BackendKey backend) {
    return referringTo(backend).stream().anyMatch(it -> it.hasFinalizer(BackendHold.FINALIZER));
  }

  @Override
  public boolean isUsedElsewhere(BackendKey backend) {
    return elsewhere
        .find(it -> BackendKey.of(it).equals(backend) && it.hasFinalizer(BackendHold.FINALIZER))
        .isPresent();
  }

  Collection<Chatbot> referringTo(BackendKey backend) {
    return find(BY_BACKEND, backend.toString());
  }

  Collection<Chatbot> inNamespace(String namespace) {
    return find(BY_NAMESPACE, namespace);
  }

  Collection<Chatbot> withId(String id) {
    return find(BY_ID, id);
  }

  /** Whether another object has the bot in its status, which only we write. */
  boolean isHeldByAnother(String id, Chatbot chatbot) {
    return withId(id).stream().anyMatch(it -> isAnother(it, chatbot))
        || elsewhere.find(it -> id.equals(statusId(it)) && isAnother(it, chatbot)).isPresent();
  }

  Collection<Chatbot> withSlug(String slug) {
    return find(BY_SLUG, slug);
  }

  /**
   * Another object that has the better claim to this slug.
   *
   * @param backends those that lead to the same account
   */
  Optional<Chatbot> rivalFor(String slug, Chatbot chatbot, Set<BackendKey> backends) {
    Predicate<Chatbot> isRival =
        it ->
            isAnother(it, chatbot)
                && backends.contains(BackendKey.of(it))
                && PRECEDENCE.compare(it, chatbot) < 0;
    var rival = withSlug(slug).stream().filter(isRival).min(PRECEDENCE);
    return rival.isPresent() || Claim.isDerived(slug, chatbot)
        ? rival
        : elsewhere.find(it -> slug(it).equals(slug) && isRival.test(it));
  }

  private static boolean isAnother(Chatbot one, Chatbot other) {
    return !one.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  private List<Chatbot> find(String index, String key) {
    var attached = cache;
    return attached == null ? List.of() : attached.byIndex(index, key);
  }

  static String slug(Chatbot chatbot) {
    return Claim.recordedOn(chatbot).map(Claim::slug).orElseGet(() -> Claim.wantedSlug(chatbot));
  }

  private static @Nullable String statusId(Chatbot chatbot) {
    return chatbot.getStatus() == null ? null : chatbot.getStatus().id();
  }
}
