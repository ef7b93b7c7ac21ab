package ai.okchat.operator.backend;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.ChatbotBackendStatus;
import ai.okchat.operator.account.Account;
import ai.okchat.operator.kubernetes.ServerSideApply;
import ai.okchat.operator.shard.Shard;
import ai.okchat.operator.status.ConditionValue;
import ai.okchat.operator.status.Conditions;
import ai.okchat.operator.status.Failure;
import ai.okchat.operator.status.StandardConditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the status of a backend object, and writes it if it differs. Only the operator that serves
 * the object writes it: several would overwrite each other.
 */
final class BackendStatusFactory {

  private final ServerSideApply writes;
  private final Shard shard;
  private final Clock clock;

  BackendStatusFactory(ServerSideApply writes, Shard shard, Clock clock) {
    this.writes = writes;
    this.shard = shard;
    this.clock = clock;
  }

  void ready(BackendObject backend, Account account) {
    var inventory = account.inventory();
    var values = StandardConditions.ready("The backend responds and accepts the API key.");
    write(
        backend,
        new ChatbotBackendStatus(
            backend.getMetadata().getGeneration(),
            merged(backend, values),
            inventory.organizationId().orElse(previous(backend).organizationId()),
            inventory.size(),
            null));
  }

  /** Returns whether the status changed. */
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
      writes.recordUnchangedStatus(backend);
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
