package ai.okchat.operator.metrics;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.Scrape;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;
import org.awaitility.Awaitility;

/** A run in which everything happens that is measured. */
public record EventfulRun(OperatorFixture world) {

  /** Returns while a deletion is still blocked, and one object is not Ready. */
  public void live() {
    world.connectBackend();
    world.applyChatbot("support");
    var id = world.awaitId("support");
    world.backend().changeInDashboard(id, Map.of("name", "Somebody else's"));
    awaitMetric("okchat_drift_corrected_total", "Chatbot");
    world.applySource("hours", "documents: [{name: opening-hours, text: We open at nine.}]");
    awaitMetric("okchat_time_to_ready_seconds_count", "KnowledgeSource");
    world.applyChatbot("lost", "promptFrom: {configMapKeyRef: {name: prompts, key: lost}}");
    world.awaitReason("lost", Reason.ReferenceNotFound);
    world.applyChatbot("going");
    world.awaitReady("going");
    delete(world.chatbots("going"));
    world.awaitGone("going");
    world.applyChatbot("staying");
    world.awaitReady("staying");
    world.backend().fault("delete-chatbot", "status", Map.of("status", 503));
    delete(world.chatbots("staying"));
    world.awaitReason("staying", Reason.DeletionBlocked);
  }

  public Scrape scrape() {
    return Scrape.of(world.operator().managementPort());
  }

  private void awaitMetric(String name, String kind) {
    Awaitility.await(name)
        .atMost(OperatorFixture.PATIENCE)
        .until(() -> scrape().value(name, Map.of("kind", kind)) > 0);
  }

  private static void delete(Resource<?> object) {
    object.delete();
  }
}
