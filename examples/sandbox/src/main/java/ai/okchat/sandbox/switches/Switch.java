package ai.okchat.sandbox.switches;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Describes one component of {@link Switches}. */
public final class Switch {
  private final RecordComponent component;

  Switch(RecordComponent component) {
    this.component = component;
  }

  public String name() {
    return component.getName();
  }

  /** Returns for example {@code --list-lag-millis}. */
  public String option() {
    return "--" + name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  public String help() {
    return component.getAnnotation(Help.class).value();
  }

  /** Returns the accepted values, for messages: {@code true or false}, {@code keep, cut, add}. */
  public String takes() {
    if (component.getType() == boolean.class) {
      return "true or false";
    }
    return component.getType().isEnum()
        ? choices().stream().map(Choice::wireName).collect(Collectors.joining(", "))
        : "a whole number";
  }

  /** Returns the value as options write it. */
  public String textIn(Switches switches) {
    return valueIn(switches) instanceof Choice choice
        ? choice.wireName()
        : valueIn(switches).toString();
  }

  /** Returns the value for JSON: a number, true or false, or the text of a named value. */
  public Object jsonIn(Switches switches) {
    return valueIn(switches) instanceof Choice choice ? choice.wireName() : valueIn(switches);
  }

  Object valueIn(Switches switches) {
    try {
      return component.getAccessor().invoke(switches);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  Object parse(String text) {
    try {
      var type = component.getType();
      if (type == int.class) {
        return Integer.valueOf(text);
      }
      if (type == long.class) {
        return Long.valueOf(text);
      }
      return type.isEnum() ? choice(text) : flag(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name() + ": must be one of: " + takes(), e);
    }
  }

  private static Object flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private Object choice(String text) {
    return choices().stream()
        .filter(choice -> choice.wireName().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private List<Choice> choices() {
    return Arrays.stream(component.getType().getEnumConstants()).map(Choice.class::cast).toList();
  }
}
