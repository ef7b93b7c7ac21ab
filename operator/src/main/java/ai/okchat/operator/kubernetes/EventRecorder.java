package ai.okchat.operator.kubernetes;

import ai.okchat.operator.status.Messages;
import ai.okchat.operator.status.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Events from a queue, at a bounded rate; a reconciliation never fails because of an Event.
 * Warnings go first. If many Events are queued, most of the Normal ones are dropped: users do not
 * read a thousand Events, each costs the API server a write, and conditions have the state.
 */
public final class EventRecorder implements AutoCloseable {

  /** The type of an Event: {@code Warning} if a user should investigate. */
  public enum EventType {
    Normal,
    Warning
  }

  private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);
  private static final int MOST_WARNINGS = 10_000;
  private static final int MOST_QUEUED = 100;
  private static final int AT_ONCE = 50;
  private static final long PAUSE_MILLIS = 100;
  private static final long QUIET_SECONDS = 5;
  private static final String COMPONENT = "okchat-operator";

  private final KubernetesClient kubernetes;
  private final Clock clock;
  private final WriteListener listener;
  private final BlockingDeque<Event> queue = new LinkedBlockingDeque<>(MOST_WARNINGS);
  private final Thread writer;

  public EventRecorder(KubernetesClient kubernetes, Clock clock) {
    this(kubernetes, clock, WriteListener.NONE);
  }

  /**
   * @param listener is notified of everything that is recorded, including dropped Events
   */
  public EventRecorder(KubernetesClient kubernetes, Clock clock, WriteListener listener) {
    this.kubernetes = kubernetes;
    this.clock = clock;
    this.listener = listener;
    this.writer = Thread.ofVirtual().name("events").start(this::writeUntilStopped);
  }

  /**
   * Queues one Event.
   *
   * @param message stable and bounded like the message of a condition: no secret, no prompt
   */
  public void record(HasMetadata about, EventType weight, Reason reason, String message) {
    listener.eventRecorded(about, weight, reason, message);
    if (!enqueue(event(about, weight, reason, message), weight)) {
      log.atDebug().addKeyValue("reason", reason).log("An Event was dropped: the queue was full");
    }
  }

  @Override
  public void close() {
    writer.interrupt();
  }

  private boolean enqueue(Event event, EventType weight) {
    return switch (weight) {
      case Warning -> queue.offerFirst(event);
      case Normal -> queue.size() < MOST_QUEUED && queue.offerLast(event);
    };
  }

  private Event event(HasMetadata about, EventType weight, Reason reason, String message) {
    var metadata = about.getMetadata();
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withGenerateName(metadata.getName() + ".")
        .withNamespace(metadata.getNamespace() == null ? "default" : metadata.getNamespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .endInvolvedObject()
        .withType(weight.name())
        .withReason(reason.name())
        .withMessage(Messages.bounded(message))
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .build();
  }

  private void writeUntilStopped() {
    try {
      var inARow = 0;
      while (true) {
        var event = queue.poll(QUIET_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
          inARow = 0;
          event = queue.take();
        }
        write(event);
        inARow++;
        if (inARow > AT_ONCE) {
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(Event event) {
    try {
      kubernetes.resource(event).create();
    } catch (KubernetesClientException e) {
      log.atDebug().addKeyValue("code", e.getCode()).log("The API server rejected an Event");
    }
  }
}
