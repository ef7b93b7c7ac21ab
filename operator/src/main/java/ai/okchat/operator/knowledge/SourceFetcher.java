package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.KnowledgeSource;
import ai.okchat.operator.knowledge.source.Source.Reading;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads sources that come over the network on its own threads, so that a slow site blocks no thread
 * and no permit of a reconciler. A namespace uses at most three quarters of the threads, and the
 * namespace with the fewest running fetches goes next. A source has one fetch at a time.
 */
final class SourceFetcher {

  private static final long IDLE_SECONDS = 30;

  private final int threads;
  private final Duration patience;
  private final Consumer<KnowledgeSource> requeue;
  private final ThreadPoolExecutor executor;
  private final Map<String, Fetch> byUid = new ConcurrentHashMap<>();
  private final Object lock = new Object();
  private final Map<String, ArrayDeque<Fetch>> waiting = new LinkedHashMap<>();
  private final Map<String, Integer> running = new HashMap<>();

  /**
   * @param threads maximum number of fetches at a time
   * @param patience how long a reconciliation waits for a fetch that it started
   * @param requeue requeues a source whose fetch ends later than that
   */
  SourceFetcher(int threads, Duration patience, Consumer<KnowledgeSource> requeue) {
    this.threads = threads;
    this.patience = patience;
    this.requeue = requeue;
    this.executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("fetch-", 0).factory());
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Returns the reading of the source when it is complete.
   *
   * @param request value of the refresh annotation; a fetch for another value or another generation
   *     is discarded
   * @param read reads the source
   * @return empty while the fetch is running or queued
   */
  Optional<Reading> of(KnowledgeSource source, String request, Supplier<Reading> read) {
    var uid = source.getMetadata().getUid();
    var requestKey = source.getMetadata().getGeneration() + "@" + request;
    var existing = byUid.get(uid);
    if (existing != null && existing.requestKey.equals(requestKey)) {
      return existing.result.isDone() ? Optional.of(takeResult(uid, existing)) : Optional.empty();
    }
    discard(uid);
    var fetch = new Fetch(source, requestKey, read);
    byUid.put(uid, fetch);
    enqueue(fetch);
    if (fetch.awaitEnd(patience)) {
      return Optional.of(takeResult(uid, fetch));
    }
    // The callback runs immediately if the fetch has ended meanwhile.
    var _ =
        fetch.result.whenComplete(
            (_, failure) -> {
              if (!(failure instanceof CancellationException)) {
                requeue.accept(source);
              }
            });
    return Optional.empty();
  }

  /** Returns whether a fetch of the source is running or queued. */
  boolean isFetching(String uid) {
    var fetch = byUid.get(uid);
    return fetch != null && !fetch.result.isDone();
  }

  /** Cancels the fetch of the source, or closes its result. */
  void discard(String uid) {
    var fetch = byUid.remove(uid);
    if (fetch != null) {
      fetch.discard();
    }
  }

  private Reading takeResult(String uid, Fetch fetch) {
    byUid.remove(uid, fetch);
    try {
      return fetch.result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void enqueue(Fetch fetch) {
    synchronized (lock) {
      waiting.computeIfAbsent(fetch.namespace, _ -> new ArrayDeque<>()).add(fetch);
      startWaiting();
    }
  }

  /** Starts queued fetches while threads are free. The caller has the lock. */
  private void startWaiting() {
    var free = threads - running.values().stream().mapToInt(Integer::intValue).sum();
    var next = free > 0 ? next() : null;
    while (next != null) {
      var fetch = next;
      fetch.started = true;
      running.merge(fetch.namespace, 1, Integer::sum);
      executor.execute(() -> run(fetch));
      next = --free > 0 ? next() : null;
    }
  }

  private @Nullable Fetch next() {
    var share = Math.max(1, threads * 3 / 4);
    var namespace =
        waiting.keySet().stream()
            .filter(name -> running.getOrDefault(name, 0) < share)
            .min(Comparator.comparing(name -> running.getOrDefault(name, 0)));
    if (namespace.isEmpty()) {
      return null;
    }
    var queue = waiting.get(namespace.get());
    var first = queue == null ? null : queue.poll();
    if (queue == null || queue.isEmpty()) {
      waiting.remove(namespace.get());
    }
    return first;
  }

  private void run(Fetch fetch) {
    try {
      fetch.run();
    } finally {
      synchronized (lock) {
        running.computeIfPresent(fetch.namespace, (_, count) -> count == 1 ? null : count - 1);
        startWaiting();
      }
    }
  }

  /** One fetch of one source. */
  private static final class Fetch {

    private final String namespace;
    private final String requestKey;
    private final Supplier<Reading> read;
    private final CompletableFuture<Reading> result = new CompletableFuture<>();
    private volatile boolean started;
    private @Nullable Thread worker;

    Fetch(KnowledgeSource source, String requestKey, Supplier<Reading> read) {
      this.namespace = source.getMetadata().getNamespace();
      this.requestKey = requestKey;
      this.read = read;
    }

    void run() {
      if (!begin()) {
        return;
      }
      try {
        var reading = read.get();
        if (!result.complete(reading)) {
          close(reading);
        }
      } catch (RuntimeException | Error e) {
        result.completeExceptionally(e);
      } finally {
        end();
      }
    }

    /** Waits for a fetch that has started, but not for one that is queued. */
    boolean awaitEnd(Duration patience) {
      try {
        if (started) {
          result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (TimeoutException | ExecutionException e) {
        return result.isDone();
      }
      return result.isDone();
    }

    void discard() {
      if (result.cancel(false)) {
        interrupt();
      } else if (!result.isCompletedExceptionally()) {
        close(result.join());
      }
    }

    private synchronized boolean begin() {
      if (result.isDone()) {
        return false;
      }
      worker = Thread.currentThread();
      return true;
    }

    private synchronized void end() {
      worker = null;
    }

    private synchronized void interrupt() {
      if (worker != null) {
        worker.interrupt();
      }
    }

    private static void close(Reading reading) {
      if (reading instanceof Reading.Read(var snapshot)) {
        snapshot.close();
      }
    }
  }
}
