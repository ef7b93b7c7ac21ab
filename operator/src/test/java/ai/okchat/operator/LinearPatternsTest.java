package ai.okchat.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.okchat.operator.testing.OwnCode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** T63: the work of every regular expression of the operator grows with the length of its input. */
class LinearPatternsTest {

  /** A quadratic expression needs {@code LENGTH / 2} reads of each character. */
  private static final int LENGTH = 5_000;

  private static final int MOST_READS_OF_EACH = 100;

  private static final Pattern COMPILED = Pattern.compile("Pattern\\.compile\\(");
  private static final Pattern IN_PLACE =
      Pattern.compile(
          "\\.(replaceAll|replaceFirst|matches|split)\\(\\s*\"((?:[^\"\\\\]|\\\\.)+)\"");

  /** Texts that hostile input repeats; the test adds those of the expression itself. */
  private static final List<String> UNITS =
      List.of(
          "a",
          "A",
          "f",
          "0",
          " ",
          "\n",
          "\r\n",
          "\t",
          "-",
          "_",
          ".",
          "/",
          ":",
          "\u0000",
          "\u0301",
          "é",
          "\ud83d\ude00",
          "a-",
          "0.",
          "a_",
          "_A1",
          ". ",
          "! ",
          "\n ",
          " \n",
          "\n\n ",
          "-0123456789-01234567",
          "0123456789abcdef",
          "http://",
          "plan limits ",
          "quota_",
          "1h");

  /** Used with {@code matches} only; to search for them anywhere takes the square of the time. */
  private static final Set<String> WHOLE_TEXT = Set.of("Cidr#FORM", "DocumentTitle#TAGS");

  private static final List<String> ENDS = List.of("", "\u0001", "!");

  /**
   * An expression of the code.
   *
   * @param isSearched whether the code searches it anywhere in a text
   */
  record Expression(Pattern pattern, boolean isSearched) {}

  static List<Expression> expressions() {
    return Stream.concat(fields().stream(), inPlace()).toList();
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void readsEachCharacterAFewTimesAtMost(Expression expression) {
    for (var unit : units(expression.pattern())) {
      for (var end : ENDS) {
        var text = unit.repeat(LENGTH / unit.length()) + end;
        assertThatCode(() -> match(expression, text))
            .as("%s on many '%s' and '%s'", expression, unit, end)
            .doesNotThrowAnyException();
      }
    }
  }

  /** Ensures that the other test finds every expression. */
  @Test
  void everyCompiledExpressionIsAConstant() {
    // When
    var compiled =
        OwnCode.sources().mapToLong(source -> COMPILED.matcher(source).results().count()).sum();

    // Then
    assertThat(fields()).hasSize((int) compiled).hasSizeGreaterThan(10);
    assertThat(inPlace()).hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[._-]+$", "(a|a)*b", "\\s+$", "a.*b.*c!", "(?s).*-.*-x"})
  void findsAnExpressionThatIsNotLinear(String expression) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                readsEachCharacterAFewTimesAtMost(
                    new Expression(Pattern.compile(expression), true)));
  }

  private static void match(Expression expression, String text) {
    var _ = expression.pattern().matcher(new CountedText(text)).matches();
    if (expression.isSearched()) {
      var matcher = expression.pattern().matcher(new CountedText(text));
      while (matcher.find()) {
        // All of them, as replaceAll does.
      }
    }
  }

  private static Iterable<String> units(Pattern pattern) {
    var units = new TreeSet<>(UNITS);
    pattern.pattern().codePoints().mapToObj(Character::toString).forEach(units::add);
    return units;
  }

  private static List<Expression> fields() {
    return OwnCode.classNames().flatMap(LinearPatternsTest::fieldsOf).toList();
  }

  private static Stream<Expression> fieldsOf(String className) {
    var type = OwnCode.type(className);
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> field.getType() == Pattern.class)
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .map(field -> expression(type, field));
  }

  private static Expression expression(Class<?> type, Field field) {
    try {
      field.setAccessible(true);
      var name = type.getSimpleName() + "#" + field.getName();
      return new Expression((Pattern) field.get(null), !WHOLE_TEXT.contains(name));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }

  private static Stream<Expression> inPlace() {
    return OwnCode.sources()
        .flatMap(source -> IN_PLACE.matcher(source).results())
        .map(
            match ->
                new Expression(
                    Pattern.compile(match.group(2).translateEscapes()),
                    !match.group(1).equals("matches")));
  }

  /** A text that can be read a limited number of times. */
  private static final class CountedText implements CharSequence {

    private final String text;
    private long reads;

    CountedText(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      reads++;
      if (reads > (long) MOST_READS_OF_EACH * LENGTH) {
        throw new IllegalStateException(
            "more than %d reads of each character".formatted(MOST_READS_OF_EACH));
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
