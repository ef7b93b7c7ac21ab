package ai.okchat.operator.validation;

import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;

/**
 * One reason why the API server rejects an object: the field, as a dotted path, and the error. In
 * an expectation the message is a part of the server's.
 */
record Rejection(String field, String message) {

  /** The server's remark that it stopped looking; it is about no field. */
  private static final String NOT_ALL_CHECKED = "some validation rules were not checked";

  /** Reads {@code field: part of the message}. */
  static Rejection parse(String expectation) {
    var colon = expectation.indexOf(": ");
    return new Rejection(expectation.substring(0, colon), expectation.substring(colon + 2));
  }

  /** All causes that the API server names. */
  static List<Rejection> of(KubernetesClientException refused) {
    return refused.getStatus().getDetails().getCauses().stream()
        .filter(cause -> !cause.getMessage().contains(NOT_ALL_CHECKED))
        .map(Rejection::of)
        .toList();
  }

  private static Rejection of(StatusCause cause) {
    return new Rejection(cause.getField(), cause.getMessage());
  }

  boolean isPartOf(Rejection other) {
    return field.equals(other.field) && other.message.contains(message);
  }

  @Override
  public String toString() {
    return field + ": " + message;
  }
}
