package ai.okchat.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OwnCode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page of bounds has the numbers of the code. Its text is {@code docs/bounds.md} of the test
 * resources, which names constants in place of numbers.
 */
class BoundsPageTest {

  private static final Path PAGE = Path.of("docs", "bounds.md");
  private static final String GROUP = "ai.okchat.";
  private static final String OPERATOR = "operator.";
  private static final List<String> OTHER_MODULES = List.of("client.", "planning.");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String REFRESH =
      "mvn -q -pl operator -am test -Dtest=BoundsPageTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dupdate";

  private static final Pattern NUMBER = Pattern.compile("\\{\\{(\\w+) ([^}]+)}}");
  private static final Pattern BOUND = Pattern.compile("(MAX|MOST|LONGEST|DEEPEST)(_[A-Z_]+)?");

  /**
   * Constants named like a bound that bound no input: waits, retries, and texts of the operator.
   */
  private static final Set<String> NO_BOUNDS =
      Set.of(
          "OkChatOperator#LONGEST_SLEEP",
          "ManagementEndpoints#LONGEST_RECONCILIATION",
          "ManagementEndpoints#LONGEST_STANDSTILL",
          "account.CircuitBreaker#LONGEST_WAIT",
          "backend.Connection#LONGEST_GRACE",
          "chatbot.BotObserver#LONGEST_BACKOFF",
          "account.Inventory#MOST_DELETED",
          "account.RejectedRequests#LONGEST_PAUSE",
          "account.UnlistedBots#LONGEST_STAY",
          "fetch.GitHttpConnection#MAX",
          "knowledge.ingestion.DocumentUploader#MAX_INCONCLUSIVE",
          "planning.document.UploadAttempt#LONGEST_BACKOFF",
          "planning.document.UploadAttempt#LONGEST_MESSAGE",
          "planning.document.UploadAttempt#LONGEST_POLL",
          "planning.document.UploadAttempt#MOST_ATTEMPTS",
          "planning.document.UploadAttempt#MOST_DOUBLINGS",
          "account.Inventory#LONGEST_LOOKUP",
          "knowledge.KnowledgeMemory#LONGEST",
          "knowledge.SourceCache#LONGEST_SPREAD",
          "knowledge.ingestion.LedgerCodec#LONGEST_LINE",
          "knowledge.ingestion.LedgerCodec#MOST_BYTES",
          "knowledge.RetrievalChecks#LONGEST_RETRY",
          "planning.document.Titles#MAX_BYTES",
          "client.ChatEndpoints#LONGEST_STREAM",
          "client.ClosedConnectionInterceptor#MOST",
          "client.HttpExchange#LONGEST_CONNECT",
          "client.KnowledgePageReader#DEEPEST_ARRAY",
          "client.RetryAfter#MOST_DIGITS",
          "scheduling.BackoffRetry#LONGEST",
          "kubernetes.EventRecorder#MOST_WARNINGS",
          "kubernetes.ServerSideApply#LONGEST_STALE",
          "kubernetes.ServerSideApply#MOST_CONFLICTS");

  @Test
  void pageHasTheNumbersOfTheCode() throws IOException {
    // When
    var made =
        NUMBER
            .matcher(template().replace("%REFRESH%", REFRESH))
            .replaceAll(match -> number(match.group(1), match.group(2)));

    // Then
    if (System.getProperty("update") != null) {
      Files.writeString(PAGE, made);
    }
    assertThat(Files.readString(PAGE))
        .as("%s is stale, refresh it with: %s", PAGE, REFRESH)
        .isEqualTo(made);
  }

  @Test
  void pageHasEveryBoundOfTheCode() throws IOException {
    // Given
    var named =
        NUMBER
            .matcher(template())
            .results()
            .map(match -> match.group(2))
            .collect(Collectors.toCollection(TreeSet::new));

    // When
    var bounds = bounds();

    // Then
    assertThat(bounds).hasSizeGreaterThan(50).containsAll(NO_BOUNDS);
    bounds.removeAll(NO_BOUNDS);
    assertThat(named).containsAll(bounds);
  }

  private static String number(String unit, String what) {
    try {
      return switch (unit) {
        case "count" -> String.format(Locale.ROOT, "%,d", (Number) value(what));
        case "size" -> size(((Number) value(what)).longValue());
        case "time" -> time((Duration) value(what));
        case "schema" -> schema(what);
        default -> throw new IllegalArgumentException(unit);
      };
    } catch (ReflectiveOperationException | IOException e) {
      throw new IllegalStateException(what, e);
    }
  }

  private static String size(long bytes) {
    var units = new String[] {"bytes", "KiB", "MiB", "GiB"};
    var unit = 0;
    var number = bytes;
    for (; number % 1024 == 0 && unit < units.length - 1; number /= 1024) {
      unit++;
    }
    return number + " " + units[unit];
  }

  private static String time(Duration time) {
    if (time.toSecondsPart() > 0) {
      return time.toSeconds() + " seconds";
    }
    return time.toMinutes() == 60 ? "1 hour" : time.toMinutes() + " minutes";
  }

  /** A constant, or a component of a constant that is a record. */
  private static Object value(String what) throws ReflectiveOperationException {
    var type = type(what.substring(0, what.indexOf('#')));
    var names = what.substring(what.indexOf('#') + 1).split("\\.", -1);
    var field = type.getDeclaredField(names[0]);
    field.setAccessible(true);
    var value = Objects.requireNonNull(field.get(null));
    for (var i = 1; i < names.length; i++) {
      var component = value.getClass().getDeclaredMethod(names[i]);
      component.setAccessible(true);
      value = Objects.requireNonNull(component.invoke(value));
    }
    return value;
  }

  /** Such as {@code knowledgesources spec.git.include[] maxLength}. */
  private static String schema(String what) throws IOException {
    var words = what.split(" ", -1);
    var crd = Files.readString(Path.of("..", "crds", words[0] + ".okchat.ai.yaml"));
    JsonNode node =
        JSON.valueToTree(Serialization.unmarshal(crd, Object.class))
            .at("/spec/versions/0/schema/openAPIV3Schema");
    for (var name : words[1].split("\\.", -1)) {
      node = node.path("properties").path(name.replace("[]", ""));
      node = name.endsWith("[]") ? node.path("items") : node;
    }
    assertThat(node.path(words[2]).isNumber()).as(what).isTrue();
    return node.path(words[2]).asText();
  }

  private static Set<String> bounds() {
    return OwnCode.classNames()
        .map(BoundsPageTest::nameOnPage)
        .flatMap(
            name ->
                Arrays.stream(type(name).getDeclaredFields())
                    .filter(BoundsPageTest::isBound)
                    .map(field -> name + "#" + field.getName()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Such as {@code client.Json}, and without {@code operator} for a class of the operator. */
  private static String nameOnPage(String className) {
    var name = className.substring(GROUP.length());
    return name.startsWith(OPERATOR) ? name.substring(OPERATOR.length()) : name;
  }

  private static boolean isBound(Field field) {
    return Modifier.isStatic(field.getModifiers())
        && Set.of(int.class, long.class, Duration.class).contains(field.getType())
        && BOUND.matcher(field.getName()).matches();
  }

  private static Class<?> type(String name) {
    var isOfOperator = OTHER_MODULES.stream().noneMatch(name::startsWith);
    return OwnCode.type((isOfOperator ? GROUP + OPERATOR : GROUP) + name);
  }

  private static String template() throws IOException {
    try (var in = BoundsPageTest.class.getResourceAsStream("/docs/bounds.md")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
