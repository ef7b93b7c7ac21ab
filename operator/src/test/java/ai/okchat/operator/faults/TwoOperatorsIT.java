package ai.okchat.operator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.status.Reason;
import ai.okchat.operator.testing.OperatorFixture;
import ai.okchat.operator.testing.OperatorProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** More operators than one: replicas in one cluster, and clusters that share an account. */
final class TwoOperatorsIT {

  @RegisterExtension final OperatorFixture world = new OperatorFixture();
  @RegisterExtension final OperatorFixture elsewhere = new OperatorFixture();

  @Test
  @DisplayName("T16: of two replicas one reconciles, and the other starts as soon as it ends")
  void onlyOneReplicaReconciles(TestInfo test) {
    // Given
    world.stopOperator();
    world.connectBackend();
    var first = OperatorProcess.startIn(world, "--leader-election");
    awaitPoll();
    var second = OperatorProcess.startIn(world, "--leader-election");

    try {
      // When
      world.applyChatbot("first");
      world.awaitReady("first");
      var polls = world.backend().count("list-chatbots");
      world.awaitPolls(5);
      first.askToStop();
      first.awaitExit();
      world.backend().clearJournal();
      awaitPoll();
      world.applyChatbot("second");
      world.awaitReady("second");

      // Then
      assertThat(polls).isPositive();
      assertThat(world.backend().bots()).hasSize(2);
      assertThat(world.backend().count("create-chatbot")).isEqualTo(1);
      FaultReport.record(test, 1, "Chatbots 2, bots 2");
    } finally {
      first.close();
      second.close();
    }
  }

  @Test
  @DisplayName(
      "T16 T12: of two clusters with one account and one slug the later reports a conflict")
  void laterClusterReportsConflict(TestInfo test) {
    // Given
    world.connectBackend();
    world.applyChatbot("support", "slug: one-slug");
    var id = world.awaitId("support");
    var before = world.backend().bot(id);

    // When
    elsewhere.connectBackend(world.backend().url());
    elsewhere.applyChatbot("support", "slug: one-slug", "greeting: Mine");
    var loser = elsewhere.awaitReason("support", Reason.SlugTaken);
    world.awaitPolls(3);

    // Then
    assertThat(loser.getMetadata().getFinalizers()).isEmpty();
    assertThat(world.backend().endpoints()).containsExactly("create-chatbot");
    elsewhere.chatbots("support").delete();
    elsewhere.awaitGone("support");
    assertThat(world.backend().bot(id)).isEqualTo(before);
    FaultReport.record(test, 1, "creates 1, bots 1, writes of the later one 0");
  }

  @Test
  @DisplayName("T16: a leader that loses its lease ends at once, and no request is sent twice")
  void leaderEndsWhenItLosesItsLease(TestInfo test) {
    // Given
    world.stopOperator();
    world.connectBackend();
    var leader = OperatorProcess.startIn(world, "--leader-election");
    try {
      awaitPoll();
      world.applyChatbot("first");
      world.awaitReady("first");

      // When
      takeLease("somebody-else");
      var exit = leader.awaitExit();
      world.applyChatbot("second");

      // Then
      assertThat(exit).isEqualTo(3);
      assertThat(lease().get().getSpec().getHolderIdentity()).isEqualTo("somebody-else");
      assertThat(world.chatbot("second").getStatus().id()).isNull();
      assertThat(world.backend().endpoints()).containsExactly("create-chatbot");
      FaultReport.record(test, 1, "exit code 3, Chatbots 2, bots 1, creates 1");
    } finally {
      leader.close();
    }
  }

  private void takeLease(String holder) {
    lease()
        .edit(
            lease -> {
              lease.getSpec().setHolderIdentity(holder);
              lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC));
              lease.getSpec().setLeaseDurationSeconds(600);
              return lease;
            });
  }

  private Resource<Lease> lease() {
    return world.kubernetes().leases().inNamespace(world.namespace()).withName("okchat-operator");
  }

  private void awaitPoll() {
    Awaitility.await("a first poll")
        .atMost(Duration.ofSeconds(60))
        .until(() -> world.backend().count("list-chatbots") > 0);
  }
}
