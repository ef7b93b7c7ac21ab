package ai.okchat.sandbox;

import io.javalin.http.Handler;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Counts the requests in progress, so that a stop can wait for their end. */
final class CallsUnderWay {
  private final Phaser calls = new Phaser(1);

  Handler counted(Handler handler) {
    return context -> {
      calls.register();
      try {
        handler.handle(context);
      } finally {
        calls.arriveAndDeregister();
      }
    };
  }

  /** Waits until there is none, or until the time is over. */
  void awaitNone(Duration atMost) {
    try {
      calls.awaitAdvanceInterruptibly(calls.arrive(), atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      // The stop cuts the requests.
    }
  }
}
