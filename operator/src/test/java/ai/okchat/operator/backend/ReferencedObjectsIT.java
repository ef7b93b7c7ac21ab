package ai.okchat.operator.backend;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.testing.World;
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

/** What comes to the operator of the Secrets and ConfigMaps that it watches. */
final class ReferencedObjectsIT {

  private static final String VALUE = "a-value-that-is-PLANTED";

  @RegisterExtension final World world = new World();

  private final List<String> forms = new CopyOnWriteArrayList<>();
  private final List<String> lists = new CopyOnWriteArrayList<>();

  @Test
  void theirValuesAreNotAskedFor() {
    // Given
    world.stopOperator();
    world.connectBackend();
    storePrompt(VALUE);

    // When
    world.startOperator(Clock.systemUTC(), this::note);
    world.applyChatbot(
        "support", "promptFrom: {configMapKeyRef: {name: prompts, key: support}}", "suspend: true");
    world.await("support", it -> it.getStatus().conditions().size() > 1);

    // Then
    assertThat(forms)
        .contains("list of configmaps", "list of secrets", "watch of configmaps")
        .contains("watch of secrets");
    assertThat(forms).noneMatch(it -> it.startsWith("whole"));
    assertThat(lists).isNotEmpty().noneMatch(it -> it.contains("PLANTED"));
    assertThat(lists).anyMatch(it -> it.contains("prompts"));
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

  /** Notes what is asked for of all Secrets or ConfigMaps, and what the lists hold. */
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
