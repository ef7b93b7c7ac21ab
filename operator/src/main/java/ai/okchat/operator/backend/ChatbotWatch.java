package ai.okchat.operator.backend;

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
 * The watch on the Chatbots of the cluster, of the controller that they are the objects of. Others
 * follow it: a second watch would have each event sent, decrypted and parsed twice.
 */
public final class ChatbotWatch {

  private final CountDownLatch inSync = new CountDownLatch(1);
  private final List<Follower<?>> followers = new CopyOnWriteArrayList<>();
  private volatile @Nullable Cache<Chatbot> cache;

  /** For the controller of the Chatbots: one of its event sources. */
  public EventSource<?, Chatbot> leader(EventSourceContext<Chatbot> context) {
    cache = context.getPrimaryCache();
    return new Leader();
  }

  /**
   * For another controller: an event source that is in sync when the Chatbots are.
   *
   * @param patience how long to wait for that
   * @param isNews whether an update concerns its objects, by the Chatbot as it is and as it was
   * @param concerned its objects that a Chatbot concerns
   */
  public <P extends HasMetadata> EventSource<?, P> follower(
      Duration patience,
      BiPredicate<Chatbot, Chatbot> isNews,
      Function<Chatbot, Set<ResourceID>> concerned) {
    var follower = new Follower<P>(patience, isNews, concerned);
    followers.add(follower);
    return follower;
  }

  public Optional<Chatbot> find(ResourceID id) {
    return Optional.ofNullable(cache).flatMap(it -> it.get(id));
  }

  public Stream<Chatbot> list(Predicate<Chatbot> predicate) {
    return Stream.ofNullable(cache).flatMap(it -> it.list(predicate));
  }

  /** Started after the informer of its controller is in sync; told of each event of it. */
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
      followers.forEach(it -> it.wakeFor(chatbot));
    }

    @Override
    public void onResourceUpdated(Chatbot now, Chatbot before) {
      followers.stream().filter(it -> it.isNews.test(now, before)).forEach(it -> it.wakeFor(now));
    }

    @Override
    public void onResourceDeleted(Chatbot chatbot) {
      followers.forEach(it -> it.wakeFor(chatbot));
    }

    @Override
    public Set<Void> getSecondaryResources(Chatbot chatbot) {
      return Set.of();
    }
  }

  private final class Follower<P extends HasMetadata> extends AbstractEventSource<Void, P> {

    private final Duration patience;
    private final BiPredicate<Chatbot, Chatbot> isNews;
    private final Function<Chatbot, Set<ResourceID>> concerned;

    private Follower(
        Duration patience,
        BiPredicate<Chatbot, Chatbot> isNews,
        Function<Chatbot, Set<ResourceID>> concerned) {
      super(Void.class, "chatbots");
      this.patience = patience;
      this.isNews = isNews;
      this.concerned = concerned;
    }

    @Override
    public void start() {
      super.start();
      try {
        if (!inSync.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new OperatorException("the Chatbots could not be listed in time");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new OperatorException("interrupted while the Chatbots were listed", e);
      }
    }

    private void wakeFor(Chatbot chatbot) {
      if (isRunning()) {
        concerned.apply(chatbot).forEach(it -> getEventHandler().handleEvent(new Event(it)));
      }
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
      return Set.of();
    }
  }
}
