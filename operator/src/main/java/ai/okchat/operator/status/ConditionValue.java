package ai.okchat.operator.status;

/**
 * What one condition should say, before it is merged with what it said before.
 *
 * @param message one or two stable sentences: no time, no counter, no secret, no prompt
 */
public record ConditionValue(ConditionType type, Truth truth, Reason reason, String message) {

  /** The three values of a condition, as Kubernetes spells them. */
  public enum Truth {
    True,
    False,
    Unknown;

    public static Truth of(boolean value) {
      return value ? True : False;
    }
  }

  public ConditionValue {
    message = Messages.bounded(message);
  }
}
