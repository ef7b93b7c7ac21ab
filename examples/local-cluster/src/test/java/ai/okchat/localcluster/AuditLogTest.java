package ai.okchat.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.localcluster.AuditEvent.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the API server's audit log as events. */
class AuditLogTest {

  private static final String STATUS_PATCH =
      """
      {"kind":"Event","stage":"ResponseComplete","verb":"patch","userAgent":"okchat-operator/1",\
      "user":{"username":"admin"},"impersonatedUser":{"username":"operator"},\
      "objectRef":{"resource":"chatbots","subresource":"status","namespace":"team","name":"bot",\
      "apiGroup":"okchat.ai","apiVersion":"v1alpha1"},"responseStatus":{"code":200}}
      """;
  private static final String LIST =
      """
      {"kind":"Event","verb":"list","userAgent":"kubectl/v1.35.4","user":{"username":"admin"},\
      "objectRef":{"resource":"secrets","apiVersion":"v1"},"responseStatus":{"code":403}}
      """;

  @TempDir private Path directory;

  @Test
  void readsEachCompleteLineAsAnEvent() throws Exception {
    // Given
    var file = Files.writeString(directory.resolve("audit.log"), STATUS_PATCH + LIST + "{\"ver");

    // When
    var events = new AuditLog(file).events();

    // Then
    assertThat(events)
        .containsExactly(
            new AuditEvent(
                "okchat-operator/1",
                "operator",
                "patch",
                new Target("okchat.ai", "chatbots", "status", "team", "bot"),
                200),
            new AuditEvent(
                "kubectl/v1.35.4", "admin", "list", new Target("", "secrets", "", "", ""), 403));
  }

  @Test
  void readsAreNotWrites() throws Exception {
    // Given
    var file = Files.writeString(directory.resolve("audit.log"), STATUS_PATCH + LIST);

    // When
    var writes = new AuditLog(file).writesBy("");

    // Then
    assertThat(writes).extracting(AuditEvent::verb).containsExactly("patch");
  }

  @Test
  void readsMissingLogAsEmpty() {
    // Given
    var log = new AuditLog(directory.resolve("audit.log"));

    // When
    var events = log.events();

    // Then
    assertThat(events).isEmpty();
  }
}
