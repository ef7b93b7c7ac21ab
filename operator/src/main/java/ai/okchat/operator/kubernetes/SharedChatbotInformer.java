package ai.okchat.operator.kubernetes;

import ai.okchat.api.v1alpha1.Chatbot;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.Cache;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shares the informer of the Chatbot controller with other controllers: with a second watch, each
 * event would be sent, decrypted and parsed twice.
 */
public final class SharedChatbotInformer {

  private final CountDownLatch inSync = new CountDownLatch(1);
  private final List<Follower<?>> followers = new CopyOnWriteArrayList<>();
  private volatile @Nullable Cache<Chatbot> cache;

  /** Returns an event source for the controller of the Chatbots. */
  public EventSource<?, Chatbot> leader(EventSourceContext<Chatbot> context) {
    cache = context.getPrimaryCache();
    return new Leader();
  }

  /**
   * Returns an event source for another controller, which is in sync when the Chatbots are.
   *
   * @param timeout of that wait
   * @param isRelevant whether an update concerns its objects, by the new and the old Chatbot
   * @param concerned returns the objects that a Chatbot concerns
   */
  public <P extends HasMetadata> EventSource<?, P> follower(
      Duration timeout,
      BiPredicate<Chatbot, Chatbot> isRelevant,
      Function<Chatbot, Set<ResourceID>> concerned) {
    var follower = new Follower<P>(timeout, isRelevant, concerned);
    followers.add(follower);
    return follower;
  }

  public Optional<Chatbot> find(ResourceID id) {
    return Optional.ofNullable(cache).flatMap(chatbots -> chatbots.get(id));
  }

  public Stream<Chatbot> list(Predicate<Chatbot> predicate) {
    return Stream.ofNullable(cache).flatMap(chatbots -> chatbots.list(predicate));
  }

  /** Starts after the informer of its controller is in sync, and gets each of its events. */
  private final class Leader extends AbstractEventSource<Void, Chatbot>
      implements ResourceEventAware<Chatbot> {

    private Leader() {
      super(Void.class, "chatbot-watch");
    }

    @Override
    public void start() {
      super.start();
      inSync.countDown();
    }

    @Override
    public void onResourceCreated(Chatbot chatbot) {
      followers.forEach(follower -> follower.triggerFor(chatbot));
    }

    @Override
    public void onResourceUpdated(Chatbot now, Chatbot before) {
      followers.stream()
          .filter(follower -> follower.isRelevant.test(now, before))
          .forEach(follower -> follower.triggerFor(now));
    }

    @Override
    public void onResourceDeleted(Chatbot chatbot) {
      followers.forEach(follower -> follower.triggerFor(chatbot));
    }

    @Override
    public Set<Void> getSecondaryResources(Chatbot chatbot) {
      return Set.of();
    }
  }

  private final class Follower<P extends HasMetadata> extends AbstractEventSource<Void, P> {

    private final Duration timeout;
    private final BiPredicate<Chatbot, Chatbot> isRelevant;
    private final Function<Chatbot, Set<ResourceID>> concerned;

    private Follower(
        Duration timeout,
        BiPredicate<Chatbot, Chatbot> isRelevant,
        Function<Chatbot, Set<ResourceID>> concerned) {
      super(Void.class, "chatbots");
      this.timeout = timeout;
      this.isRelevant = isRelevant;
      this.concerned = concerned;
    }

    @Override
    public void start() {
      super.start();
      try {
        if (!inSync.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new OperatorException("the informer did not list the Chatbots in time");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new OperatorException(
            "the thread was interrupted while the informer listed the Chatbots", e);
      }
    }

    private void triggerFor(Chatbot chatbot) {
      if (isRunning()) {
        concerned.apply(chatbot).forEach(id -> getEventHandler().handleEvent(new Event(id)));
      }
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
      return Set.of();
    }
  }
}
