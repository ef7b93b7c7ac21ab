package ai.okchat.operator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.OperatorFixture;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Parts of watched Secrets and ConfigMaps that the operator receives. */
final class MetadataInformersIT {

  private static final String VALUE = "a-value-that-is-PLANTED";

  @RegisterExtension final OperatorFixture world = new OperatorFixture();

  private final List<String> forms = new CopyOnWriteArrayList<>();
  private final List<String> lists = new CopyOnWriteArrayList<>();

  @Test
  void doesNotRequestValues() {
    // Given
    world.stopOperator();
    world.connectBackend();
    storePrompt(VALUE);

    // When
    world.startOperator(Clock.systemUTC(), this::note);
    world.applyChatbot(
        "support", "promptFrom: {configMapKeyRef: {name: prompts, key: support}}", "suspend: true");
    world.await("support", chatbot -> chatbot.getStatus().conditions().size() > 1);

    // Then
    assertThat(forms)
        .contains("list of configmaps", "list of secrets", "watch of configmaps")
        .contains("watch of secrets");
    assertThat(forms).noneMatch(form -> form.startsWith("whole"));
    assertThat(lists).isNotEmpty().noneMatch(list -> list.contains("PLANTED"));
    assertThat(lists).anyMatch(list -> list.contains("prompts"));
  }

  private void storePrompt(String prompt) {
    var prompts =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("prompts")
            .withNamespace(world.namespace())
            .endMetadata()
            .addToData("support", prompt)
            .build();
    world.kubernetes().resource(prompts).forceConflicts().serverSideApply();
  }

  /**
   * Records the requested forms of lists of Secrets and ConfigMaps, and the contents of the lists.
   */
  private Response note(Interceptor.Chain chain) throws IOException {
    var request = chain.request();
    var kind = request.url().pathSegments().getLast();
    var response = chain.proceed(request);
    if (request.method().equals("GET") && List.of("secrets", "configmaps").contains(kind)) {
      var isWatch = request.url().queryParameter("watch") != null;
      forms.add(form(request, isWatch) + " of " + kind);
      if (!isWatch) {
        lists.add(response.peekBody(1 << 20).string());
      }
    }
    return response;
  }

  private static String form(Request request, boolean isWatch) {
    var metadata = isWatch ? "PartialObjectMetadata" : "PartialObjectMetadataList";
    var accepted = "" + request.header("Accept");
    if (!accepted.startsWith("application/json;as=%s;".formatted(metadata))) {
      return "whole";
    }
    return isWatch ? "watch" : "list";
  }
}
