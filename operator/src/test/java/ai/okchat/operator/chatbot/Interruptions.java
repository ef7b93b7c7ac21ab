package ai.okchat.operator.chatbot;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Interruptions between two requests of the operator: the process is killed, another client is
 * faster, or a request arrives at the backend after the operator stopped waiting for the response.
 */
final class Interruptions implements Interceptor {

  private int untilKilled = -1;
  private boolean killed;
  private boolean createIsLate;
  private @Nullable Runnable beforeCreate;
  private final List<Request> late = new ArrayList<>();
  private int sent;

  /** Kills the process before its request of this number, counted from 0. */
  synchronized void killBeforeRequest(int number) {
    untilKilled = number;
  }

  /** Makes the next create arrive later than the operator waits. */
  synchronized void delayNextCreate() {
    createIsLate = true;
  }

  /** Runs the event right before the next create. */
  synchronized void beforeNextCreate(Runnable event) {
    beforeCreate = event;
  }

  synchronized void clear() {
    untilKilled = -1;
    killed = false;
    createIsLate = false;
    beforeCreate = null;
  }

  synchronized boolean wasKilled() {
    return killed;
  }

  /** Returns the number of requests that were sent to any backend so far. */
  synchronized int sent() {
    return sent;
  }

  /** The requests that are under way still; each is handed out once. */
  synchronized List<Request> takeLate() {
    var taken = List.copyOf(late);
    late.clear();
    return taken;
  }

  /** Counts a request to whatever server; throws if the process is dead. */
  synchronized void count() throws IOException {
    if (untilKilled == 0) {
      killed = true;
    }
    if (untilKilled >= 0) {
      untilKilled--;
    }
    if (killed) {
      throw new IOException("the process was killed");
    }
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    count();
    var request = chain.request();
    if (request.method().equals("POST")) {
      if (takeLateness(request)) {
        // Something has to be sent: a request that never left is certain to have done nothing.
        chain.proceed(request.newBuilder().url(request.url().resolve("/late")).build()).close();
        throw new InterruptedIOException("timeout");
      }
      runBeforeCreate();
    }
    synchronized (this) {
      sent++;
    }
    return chain.proceed(request);
  }

  private synchronized boolean takeLateness(Request request) {
    var isLate = createIsLate;
    if (isLate) {
      late.add(request);
    }
    createIsLate = false;
    return isLate;
  }

  private synchronized void runBeforeCreate() {
    var event = beforeCreate;
    beforeCreate = null;
    if (event != null) {
      event.run();
    }
  }
}
