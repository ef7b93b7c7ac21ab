package ai.okchat.operator.status;

/**
 * The desired value of one condition, before it is merged with the stored condition.
 *
 * @param message one or two stable sentences: no time, no counter, no secret, no prompt
 */
public record ConditionValue(ConditionType type, Truth truth, Reason reason, String message) {

  /** The three values of the status of a condition, as Kubernetes spells them. */
  public enum Truth {
    True,
    False,
    Unknown
  }

  public ConditionValue {
    message = Messages.bounded(message);
  }
}
