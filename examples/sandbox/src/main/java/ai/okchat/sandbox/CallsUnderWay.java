package ai.okchat.sandbox;

import io.javalin.http.Handler;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Counts the calls that are being answered, so that a stop can let them end. */
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

  /** Returns when there is none, or when the time is over. */
  void awaitNone(Duration atMost) {
    try {
      calls.awaitAdvanceInterruptibly(calls.arrive(), atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      // Then they are cut.
    }
  }
}
