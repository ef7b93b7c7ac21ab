package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.RecordedBackend;
import ai.okchat.operator.backend.Accounts.Limits;
import ai.okchat.operator.backend.Accounts.Poll;
import ai.okchat.operator.backend.BackendReferences.Outcome;
import ai.okchat.operator.backend.Resolution.Connected;
import ai.okchat.operator.backend.Resolution.Denied;
import ai.okchat.operator.backend.Resolution.Followed;
import ai.okchat.operator.backend.Resolution.Unresolved;
import ai.okchat.operator.okchat.Endpoint;
import ai.okchat.operator.status.Digest;
import ai.okchat.operator.status.Failure;
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
 * The resolved backends: one connection for each backend object, kept until the object or something
 * that it names changes. The connection that last worked is kept beyond that, so that what was made
 * through it can still be deleted.
 */
public final class Connections {

  private record Entry(String uid, long generation, Followed resolution) {}

  private final BackendReferences references;
  private final Accounts accounts;
  private final OkHttpClient http;
  private final BackendUsage usage;
  private final List<Consumer<BackendKey>> listeners = new CopyOnWriteArrayList<>();
  private final Map<BackendKey, Entry> entries = new ConcurrentHashMap<>();
  private final Map<BackendKey, Connection> proved = new ConcurrentHashMap<>();

  Connections(
      BackendReferences references, Accounts accounts, OkHttpClient http, BackendUsage usage) {
    this.references = references;
    this.accounts = accounts;
    this.http = http;
    this.usage = usage;
  }

  /**
   * No connection yet.
   *
   * @param allowedHosts hosts that a backend's URL may name; empty: any
   */
  public static Connections create(
      KubernetesClient kubernetes,
      Set<String> allowedHosts,
      Accounts accounts,
      OkHttpClient http,
      BackendUsage usage) {
    return new Connections(new BackendReferences(kubernetes, allowedHosts), accounts, http, usage);
  }

  /**
   * What a reference to this backend leads to from there: the connection as last resolved, or
   * resolved now where this generation never was.
   */
  public Resolution of(BackendObject backend, Tenant tenant) {
    var key = BackendKey.of(backend);
    if (!tenant.mayUse(backend)) {
      return new Denied(tenant.denied(key));
    }
    var followed = of(backend);
    return key.isShared() && followed instanceof Unresolved(var why)
        ? new Unresolved(tenant.unusable(key, why))
        : followed;
  }

  private Followed of(BackendObject backend) {
    var known = entries.get(BackendKey.of(backend));
    return known != null && isFor(known, backend) ? known.resolution() : refresh(backend);
  }

  /** Follows the references anew. Concurrent callers share one look. */
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

  /** Whoever wants to know that a backend leads elsewhere than before, or somewhere again. */
  public void addListener(Consumer<BackendKey> listener) {
    listeners.add(listener);
  }

  /** The backend answered through this connection with a list of bots. */
  void proved(Connection connection) {
    proved.put(connection.backend(), connection);
  }

  /** The connection that last worked, though its Secret or backend object may be gone by now. */
  public Optional<Connection> lastGood(BackendKey key) {
    return Optional.ofNullable(proved.get(key));
  }

  /** The backend objects that lead to this account. */
  public Set<BackendKey> leadingTo(AccountId account) {
    return connections()
        .filter(it -> it.account().id().equals(account))
        .map(Connection::backend)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The object is gone. What was made through it may still have to be deleted. */
  void forget(BackendKey key) {
    entries.remove(key);
    if (!usage.isUsed(key)) {
      proved.remove(key);
    }
  }

  /**
   * An object that used the backend is gone: without a backend object and users, its key goes too.
   */
  public void dropUnused(BackendKey key) {
    if (!entries.containsKey(key) && !usage.isUsed(key)) {
      proved.remove(key);
    }
  }

  /** Whether the account is to be listed again at this time, and how soon to ask again. */
  private Poll poll(AccountId account) {
    var leading = connections().filter(it -> it.account().id().equals(account)).toList();
    return new Poll(
        leading.stream().map(Connection::pollInterval).min(Comparator.naturalOrder()),
        leading.stream().anyMatch(it -> usage.isReferredTo(it.backend())));
  }

  private Stream<Connection> connections() {
    var current =
        entries.values().stream()
            .map(Entry::resolution)
            .filter(Connected.class::isInstance)
            .map(it -> ((Connected) it).connection());
    return Stream.concat(current, proved.values().stream());
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
      var account = accounts.open(endpoint, trusting, limits, interval, this::poll);
      return new Connected(new Connection(key, originOf(key, backend), account, timeout, interval));
    } catch (CertificateException e) {
      return new Unresolved(
          Failure.referenceNotFound(
              "spec.caBundle names a value that is no PEM certificate. Put one or more certificates"
                  + " there."));
    }
  }
}
