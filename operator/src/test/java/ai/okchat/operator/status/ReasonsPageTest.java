package ai.okchat.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OwnCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/reasons.md} and the enum together. */
class ReasonsPageTest {
  private static final Path PAGE = Path.of("docs/reasons.md");
  private static final Pattern ROW = Pattern.compile("\\| `([A-Za-z]+)` \\|(.*)\\|");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");

  @Test
  void pageHasExactlyOneRowForEachReason() {
    // Given
    var reasons = Arrays.stream(Reason.values()).map(Reason::name).toList();

    // When
    var rows = rows("## Reasons").map(cells -> cells.getFirst()).toList();

    // Then
    assertThat(rows).containsExactlyInAnyOrderElementsOf(reasons);
  }

  @Test
  void noCellIsEmpty() {
    // When
    var rows = rows("## Reasons").toList();

    // Then
    assertThat(rows).allSatisfy(cells -> assertThat(cells).hasSize(4).noneMatch(String::isBlank));
  }

  @Test
  void eachConditionIsExplainedOnce() {
    // Given
    var types = Arrays.stream(ConditionType.values()).map(ConditionType::name).toList();

    // When
    var explained =
        rows("# Reasons")
            .takeWhile(cells -> cells.size() == 3)
            .map(cells -> cells.getFirst())
            .toList();

    // Then
    assertThat(explained).containsExactlyInAnyOrderElementsOf(types);
  }

  @Test
  void eachRowNamesExistingConditionsOrAnEvent() {
    // Given
    var types = Arrays.stream(ConditionType.values()).map(ConditionType::name).toList();

    // When
    var places = rows("## Reasons").map(cells -> cells.get(1)).toList();

    // Then
    assertThat(places)
        .allSatisfy(
            place ->
                assertThat(
                        place.contains("Event")
                            || types.stream().anyMatch(type -> place.contains("`" + type + "`")))
                    .as(place)
                    .isTrue());
  }

  @Test
  void everyReasonIsUsed() {
    // Given
    var sources = OwnCode.sources().collect(Collectors.joining());

    // When
    var unused =
        Arrays.stream(Reason.values())
            .filter(
                reason ->
                    !Pattern.compile("Reason\\." + reason.name() + "\\b").matcher(sources).find())
            .toList();

    // Then
    assertThat(unused).isEmpty();
  }

  @Test
  void linksNameExistingFiles() {
    // When
    var links = LINK.matcher(page()).results().map(match -> match.group(1)).distinct().toList();

    // Then
    assertThat(links)
        .isNotEmpty()
        .allSatisfy(link -> assertThat(PAGE.resolveSibling(link)).isRegularFile());
  }

  /** Returns the cells of all rows that begin with a word in code, from this heading on. */
  private static Stream<List<String>> rows(String heading) {
    return page()
        .lines()
        .dropWhile(line -> !line.equals(heading))
        .map(ROW::matcher)
        .filter(matcher -> matcher.matches())
        .map(
            matcher ->
                Stream.concat(
                        Stream.of(matcher.group(1)),
                        Arrays.stream(matcher.group(2).split("\\|", -1)).map(String::strip))
                    .toList());
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
