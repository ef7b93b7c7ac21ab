package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.ChatbotBackendStatus;
import ai.okchat.operator.shard.Shard;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.OwnWrites;
import ai.okchat.operator.status.StandardConditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The status of a backend object, written where it differs from what is there, and only by the
 * operator that serves the object: several would take turns.
 */
final class BackendReport {

  private final OwnWrites writes;
  private final Shard shard;
  private final Clock clock;

  BackendReport(OwnWrites writes, Shard shard, Clock clock) {
    this.writes = writes;
    this.shard = shard;
    this.clock = clock;
  }

  void ready(BackendObject backend, Account account) {
    var inventory = account.inventory();
    var values = StandardConditions.ready("The backend answers and accepts the API key.");
    write(
        backend,
        new ChatbotBackendStatus(
            backend.getMetadata().getGeneration(),
            merged(backend, values),
            inventory.organizationId().orElse(previous(backend).organizationId()),
            inventory.size(),
            null));
  }

  /** Returns whether this was news. */
  boolean failed(BackendObject backend, Failure failure, @Nullable Instant rateLimitedUntil) {
    var before = previous(backend);
    return write(
        backend,
        new ChatbotBackendStatus(
            backend.getMetadata().getGeneration(),
            merged(backend, StandardConditions.failed(failure)),
            before.organizationId(),
            before.chatbots(),
            rateLimitedUntil == null
                ? null
                : rateLimitedUntil.truncatedTo(ChronoUnit.SECONDS).toString()));
  }

  private List<Condition> merged(BackendObject backend, List<ConditionValue> values) {
    return Conditions.merge(
        previous(backend).conditions(),
        values,
        backend.getMetadata().getGeneration(),
        clock.instant());
  }

  private boolean write(BackendObject backend, ChatbotBackendStatus status) {
    if (!shard.serves(backend)) {
      return false;
    }
    if (status.equals(backend.getStatus())) {
      writes.keepStatus(backend);
      return false;
    }
    var metadata =
        new ObjectMetaBuilder()
            .withNamespace(backend.getMetadata().getNamespace())
            .withName(backend.getMetadata().getName())
            .withUid(backend.getMetadata().getUid())
            .build();
    return writes.applyStatus(backend, backend.only(metadata, status)).isPresent();
  }

  private static ChatbotBackendStatus previous(BackendObject backend) {
    var status = backend.getStatus();
    return status == null ? ChatbotBackendStatus.empty() : status;
  }
}
