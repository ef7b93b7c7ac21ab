package ai.okchat.sandbox.http;

import java.util.Map;

/** Creates the shapes of bodies. */
public final class Shapes {
  public static final Shape TEXT = new Shape.Text();
  public static final Shape OPTIONAL_TEXT = new Shape.OptionalText();
  public static final Shape FLAG = new Shape.Flag();
  public static final Shape NUMBER = number(0, Double.MAX_VALUE);
  public static final Shape FRACTION = number(0, 1);

  /** Any object. */
  public static final Shape OBJECT = group(Map.of());

  private Shapes() {}

  public static Shape number(double min, double max) {
    return new Shape.Numeric(min, max);
  }

  public static Shape group(Map<String, Shape> fields) {
    return new Shape.Group(fields);
  }
}
