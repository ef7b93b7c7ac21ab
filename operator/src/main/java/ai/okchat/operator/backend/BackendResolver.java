package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.client.Endpoint;
import ai.okchat.operator.account.AccountId;
import ai.okchat.operator.account.AccountRegistry;
import ai.okchat.operator.account.AccountRegistry.Limits;
import ai.okchat.operator.account.AccountRegistry.Poll;
import ai.okchat.operator.backend.BackendReferences.Outcome;
import ai.okchat.operator.backend.BackendResolution.Connected;
import ai.okchat.operator.backend.BackendResolution.Denied;
import ai.okchat.operator.backend.BackendResolution.Followed;
import ai.okchat.operator.backend.BackendResolution.Unresolved;
import ai.okchat.operator.status.Failure;
import ai.okchat.planning.Digest;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.cert.CertificateException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Resolves backends: stores one connection for each backend object, until the object or an object
 * that it names changes. The last working connection is kept longer, so that bots that were created
 * through it can still be deleted.
 */
public final class BackendResolver {

  private record Entry(String uid, long generation, Followed resolution) {}

  private final BackendReferences references;
  private final AccountRegistry accounts;
  private final OkHttpClient http;
  private final BackendUsage usage;
  private final List<Consumer<BackendKey>> listeners = new CopyOnWriteArrayList<>();
  private final Map<BackendKey, Entry> entries = new ConcurrentHashMap<>();
  private final Map<BackendKey, Connection> lastGood = new ConcurrentHashMap<>();

  BackendResolver(
      BackendReferences references,
      AccountRegistry accounts,
      OkHttpClient http,
      BackendUsage usage) {
    this.references = references;
    this.accounts = accounts;
    this.http = http;
    this.usage = usage;
  }

  /**
   * Returns an instance without connections.
   *
   * @param allowedHosts hosts that a URL of a backend may name; empty: any
   */
  public static BackendResolver create(
      KubernetesClient kubernetes,
      Set<String> allowedHosts,
      AccountRegistry accounts,
      OkHttpClient http,
      BackendUsage usage) {
    return new BackendResolver(
        new BackendReferences(kubernetes, allowedHosts), accounts, http, usage);
  }

  /**
   * Resolves a reference from a namespace to this backend: returns the last resolution, or a new
   * one if this generation was never resolved.
   */
  public BackendResolution of(BackendObject backend, NamespaceAccess access) {
    var key = BackendKey.of(backend);
    if (!access.mayUse(backend)) {
      return new Denied(access.denied(key));
    }
    var followed = of(backend);
    return key.isShared() && followed instanceof Unresolved(var why)
        ? new Unresolved(access.unusable(key, why))
        : followed;
  }

  private Followed of(BackendObject backend) {
    var known = entries.get(BackendKey.of(backend));
    return known != null && isFor(known, backend) ? known.resolution() : refresh(backend);
  }

  /**
   * Resolves the references of the backend again. Concurrent callers resolve one after the other.
   */
  Followed refresh(BackendObject backend) {
    var key = BackendKey.of(backend);
    var before = entries.get(key);
    var now =
        entries.compute(
            key,
            (_, _) ->
                new Entry(
                    backend.getMetadata().getUid(),
                    backend.getMetadata().getGeneration(),
                    resolve(key, backend)));
    if (before != null && !before.resolution().equals(now.resolution())) {
      listeners.forEach(listener -> listener.accept(key));
    }
    return now.resolution();
  }

  /** Adds a listener that is notified if the resolution of a backend changes. */
  public void addListener(Consumer<BackendKey> listener) {
    listeners.add(listener);
  }

  /** Records that the backend returned a list of bots through this connection. */
  void recordSuccess(Connection connection) {
    lastGood.put(connection.backend(), connection);
  }

  /** Returns the last working connection; its Secret or backend object may no longer exist. */
  public Optional<Connection> lastGood(BackendKey key) {
    return Optional.ofNullable(lastGood.get(key));
  }

  /** Returns the backend objects with this account. */
  public Set<BackendKey> backendsOf(AccountId account) {
    return connections()
        .filter(connection -> connection.account().id().equals(account))
        .map(Connection::backend)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Removes a deleted backend object. Its last working connection is kept while objects use it:
   * their bots may still have to be deleted.
   */
  void forget(BackendKey key) {
    entries.remove(key);
    dropUnused(key);
  }

  /**
   * Removes the last working connection, and its key, if there is neither a backend object nor a
   * user. Called after an object that used the backend was deleted.
   */
  public void dropUnused(BackendKey key) {
    if (!entries.containsKey(key) && !usage.isUsed(key)) {
      lastGood.remove(key);
    }
  }

  /** Returns the poll settings of the account. */
  private Poll poll(AccountId account) {
    var leading =
        connections().filter(connection -> connection.account().id().equals(account)).toList();
    return new Poll(
        leading.stream().map(Connection::pollInterval).min(Comparator.naturalOrder()),
        leading.stream().anyMatch(connection -> usage.isReferredTo(connection.backend())));
  }

  private Stream<Connection> connections() {
    var current =
        entries.values().stream()
            .map(Entry::resolution)
            .filter(Connected.class::isInstance)
            .map(resolution -> ((Connected) resolution).connection());
    return Stream.concat(current, lastGood.values().stream());
  }

  private static RecordedBackend originOf(BackendKey key, BackendObject backend) {
    return new RecordedBackend(
        key.kind(),
        key.name(),
        backend.getMetadata().getUid(),
        Digest.of(HttpUrl.get(backend.getSpec().url()).toString()));
  }

  private static boolean isFor(Entry entry, BackendObject backend) {
    return entry.uid().equals(backend.getMetadata().getUid())
        && entry.generation() >= backend.getMetadata().getGeneration();
  }

  private Followed resolve(BackendKey key, BackendObject backend) {
    return switch (references.resolve(backend)) {
      case Outcome.Missing(var failure) -> new Unresolved(failure);
      case Outcome.Found found -> connect(key, backend, found);
    };
  }

  private Followed connect(BackendKey key, BackendObject backend, Outcome.Found found) {
    var spec = backend.getSpec();
    var timeout = spec.requestTimeout().toDuration();
    var endpoint = new Endpoint(HttpUrl.get(spec.url()), found.apiKey(), timeout);
    try {
      var trusting =
          found.caBundle().isPresent() ? TrustedHttp.trusting(http, found.caBundle().get()) : http;
      var limits = new Limits(spec.rateLimit().requestsPerSecond(), spec.rateLimit().burst());
      var interval = spec.pollInterval().toDuration();
      var account =
          accounts.open(key.namespace(), endpoint, trusting, limits, interval, this::poll);
      return new Connected(new Connection(key, originOf(key, backend), account, timeout, interval));
    } catch (CertificateException e) {
      return new Unresolved(
          Failure.referenceNotFound(
              "spec.caBundle names a value that is no PEM certificate. Put one or more certificates"
                  + " there."));
    }
  }
}
