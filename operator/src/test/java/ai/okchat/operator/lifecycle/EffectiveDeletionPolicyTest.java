package ai.okchat.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.okchat.api.v1alpha1.BackendObject;
import ai.okchat.api.v1alpha1.ChatbotBackend;
import ai.okchat.api.v1alpha1.DeletionPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EffectiveDeletionPolicyTest {

  private static final DeletionPolicy DELETE = DeletionPolicy.DELETE;
  private static final DeletionPolicy ORPHAN = DeletionPolicy.ORPHAN;

  static Stream<Arguments> policies() {
    return Stream.of(
        arguments("nothing is set", null, backend("{}"), null, DELETE),
        arguments(
            "the default of the backend",
            null,
            backend("{defaultDeletionPolicy: Orphan}"),
            null,
            ORPHAN),
        arguments(
            "the object decides", DELETE, backend("{defaultDeletionPolicy: Orphan}"), null, DELETE),
        arguments(
            "the object orphans", ORPHAN, backend("{defaultDeletionPolicy: Delete}"), null, ORPHAN),
        arguments("the default was removed", null, backend("{}"), ORPHAN, DELETE),
        arguments("the backend object is gone", null, Optional.empty(), ORPHAN, ORPHAN),
        arguments("nothing is known", null, Optional.empty(), null, DELETE));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void objectHasPrecedenceOverBackendAndRecord(
      String name,
      @Nullable DeletionPolicy own,
      Optional<BackendObject> backend,
      @Nullable DeletionPolicy recorded,
      DeletionPolicy expected) {
    // When
    var policy = EffectiveDeletionPolicy.of(own, backend, recorded);

    // Then
    assertThat(policy).as(name).isEqualTo(expected);
  }

  private static Optional<BackendObject> backend(String spec) {
    return Optional.of(
        Serialization.unmarshal(
            """
            apiVersion: okchat.ai/v1alpha1
            kind: ChatbotBackend
            metadata: {name: default, namespace: team}
            spec: %s
            """
                .formatted(spec),
            ChatbotBackend.class));
  }
}
