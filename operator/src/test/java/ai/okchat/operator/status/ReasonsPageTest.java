package ai.okchat.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/reasons.md} and the enum together. */
class ReasonsPageTest {
  private static final Path PAGE = Path.of("docs/reasons.md");
  private static final Pattern ROW = Pattern.compile("\\| `([A-Za-z]+)` \\|(.*)\\|");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)");

  @Test
  void each_reason_has_exactly_one_row_and_no_row_is_without_one() {
    // Given
    var reasons = Arrays.stream(Reason.values()).map(Reason::name).toList();

    // When
    var rows = rows("## The words").map(cells -> cells.getFirst()).toList();

    // Then
    assertThat(rows).containsExactlyInAnyOrderElementsOf(reasons);
  }

  @Test
  void no_cell_is_empty() {
    // When
    var rows = rows("## The words").toList();

    // Then
    assertThat(rows).allSatisfy(cells -> assertThat(cells).hasSize(4).noneMatch(String::isBlank));
  }

  @Test
  void each_condition_is_explained_once() {
    // Given
    var types = Arrays.stream(ConditionType.values()).map(ConditionType::name).toList();

    // When
    var explained =
        rows("# Reasons")
            .takeWhile(cells -> cells.size() == 2)
            .map(cells -> cells.getFirst())
            .toList();

    // Then
    assertThat(explained).containsExactlyInAnyOrderElementsOf(types);
  }

  @Test
  void each_row_names_conditions_that_there_are_or_an_event() {
    // Given
    var types = Arrays.stream(ConditionType.values()).map(ConditionType::name).toList();

    // When
    var places = rows("## The words").map(cells -> cells.get(1)).toList();

    // Then
    assertThat(places)
        .allSatisfy(
            place ->
                assertThat(
                        place.contains("Event")
                            || types.stream().anyMatch(it -> place.contains("`" + it + "`")))
                    .as(place)
                    .isTrue());
  }

  @Test
  void every_reason_is_used() {
    // Given
    var sources = sources();

    // When
    var unused =
        Arrays.stream(Reason.values())
            .filter(it -> !Pattern.compile("Reason\\." + it.name() + "\\b").matcher(sources).find())
            .toList();

    // Then
    assertThat(unused).isEmpty();
  }

  @Test
  void its_links_lead_somewhere() {
    // When
    var links = LINK.matcher(page()).results().map(it -> it.group(1)).distinct().toList();

    // Then
    assertThat(links)
        .isNotEmpty()
        .allSatisfy(it -> assertThat(PAGE.resolveSibling(it)).isRegularFile());
  }

  /** The cells of all rows that begin with a word in code, from this heading on. */
  private static Stream<List<String>> rows(String heading) {
    return page()
        .lines()
        .dropWhile(line -> !line.equals(heading))
        .map(ROW::matcher)
        .filter(it -> it.matches())
        .map(
            it ->
                Stream.concat(
                        Stream.of(it.group(1)),
                        Arrays.stream(it.group(2).split("\\|", -1)).map(String::strip))
                    .toList());
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sources() {
    try (var files = Files.walk(Path.of("src/main/java"))) {
      var text = new StringBuilder();
      for (var file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
