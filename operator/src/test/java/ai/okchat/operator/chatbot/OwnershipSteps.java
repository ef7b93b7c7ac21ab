package ai.okchat.operator.chatbot;

import ai.okchat.operator.chatbot.OwnershipModel.Account;
import ai.okchat.operator.chatbot.OwnershipModel.Place;
import ai.okchat.operator.chatbot.OwnershipModel.Through;
import ai.okchat.operator.chatbot.OwnershipStep.AnswerTakenSlug;
import ai.okchat.operator.chatbot.OwnershipStep.BackUp;
import ai.okchat.operator.chatbot.OwnershipStep.BeFaster;
import ai.okchat.operator.chatbot.OwnershipStep.ChangeByHand;
import ai.okchat.operator.chatbot.OwnershipStep.ClearFaults;
import ai.okchat.operator.chatbot.OwnershipStep.Create;
import ai.okchat.operator.chatbot.OwnershipStep.DelayCreate;
import ai.okchat.operator.chatbot.OwnershipStep.Delete;
import ai.okchat.operator.chatbot.OwnershipStep.DeleteByHand;
import ai.okchat.operator.chatbot.OwnershipStep.Fail;
import ai.okchat.operator.chatbot.OwnershipStep.ForgeClaim;
import ai.okchat.operator.chatbot.OwnershipStep.Impersonate;
import ai.okchat.operator.chatbot.OwnershipStep.Kill;
import ai.okchat.operator.chatbot.OwnershipStep.LagLists;
import ai.okchat.operator.chatbot.OwnershipStep.Lose;
import ai.okchat.operator.chatbot.OwnershipStep.LoseStatus;
import ai.okchat.operator.chatbot.OwnershipStep.LoseView;
import ai.okchat.operator.chatbot.OwnershipStep.MakeByHand;
import ai.okchat.operator.chatbot.OwnershipStep.Policy;
import ai.okchat.operator.chatbot.OwnershipStep.Rename;
import ai.okchat.operator.chatbot.OwnershipStep.Restart;
import ai.okchat.operator.chatbot.OwnershipStep.Restore;
import ai.okchat.operator.chatbot.OwnershipStep.SetPolicy;
import ai.okchat.operator.chatbot.OwnershipStep.StripFinalizer;
import ai.okchat.operator.chatbot.OwnershipStep.Suspend;
import ai.okchat.operator.chatbot.OwnershipStep.SwitchBackend;
import ai.okchat.operator.chatbot.OwnershipStep.UseKey;
import ai.okchat.operator.chatbot.OwnershipStep.Wait;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Which steps happen, and how often each kind does. */
final class OwnershipSteps {

  private OwnershipSteps() {}

  static Arbitrary<OwnershipStep> any() {
    return Arbitraries.frequencyOf(
        Tuple.of(5, byUsers()),
        Tuple.of(2, byHand()),
        Tuple.of(3, toRequests()),
        Tuple.of(2, toTheOperator()),
        Tuple.of(3, toObjects()),
        Tuple.of(1, toAccounts()));
  }

  private static Arbitrary<OwnershipStep> byUsers() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            6,
            Combinators.combine(
                    place(),
                    Arbitraries.frequency(
                        Tuple.of(2, Through.OWN),
                        Tuple.of(2, Through.SHARED),
                        Tuple.of(1, Through.HOSTILE)),
                    Arbitraries.of("", "support", "support", "sales"),
                    Arbitraries.of(Policy.values()))
                .as(Create::new)),
        Tuple.of(1, Combinators.combine(place(), Arbitraries.of("One", "Two")).as(Rename::new)),
        Tuple.of(
            2, Combinators.combine(place(), Arbitraries.of(Policy.values())).as(SetPolicy::new)),
        Tuple.of(3, place().map(Delete::new)),
        Tuple.of(1, Combinators.combine(place(), Arbitraries.of(true, false)).as(Suspend::new)),
        Tuple.of(
            1,
            Combinators.combine(place(), Arbitraries.of(Through.values())).as(SwitchBackend::new)));
  }

  private static Arbitrary<OwnershipStep> byHand() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, Combinators.combine(account(), slug()).as(MakeByHand::new)),
        Tuple.of(3, bot().map(DeleteByHand::new)),
        Tuple.of(1, bot().map(ChangeByHand::new)));
  }

  private static Arbitrary<OwnershipStep> toRequests() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            2,
            Combinators.combine(
                    Arbitraries.of("create-chatbot", "delete-chatbot", "update-chatbot"),
                    Arbitraries.of("cut-after", "cut-before", "html"),
                    Arbitraries.of(1, 2))
                .as((endpoint, kind, times) -> new Fail(endpoint, kind, 0, times))),
        Tuple.of(
            2,
            Combinators.combine(
                    Arbitraries.of(
                        "create-chatbot", "get-chatbot", "list-chatbots", "delete-chatbot"),
                    Arbitraries.of(500, 503, 404, 401),
                    Arbitraries.of(1, 3, -1))
                .as((endpoint, status, times) -> new Fail(endpoint, "status", status, times))),
        Tuple.of(1, Arbitraries.of(1, 2, -1).map(LoseView::new)),
        Tuple.of(2, Arbitraries.just(new ClearFaults())),
        Tuple.of(
            2, Arbitraries.of("409", "400", "500", "accept-with-suffix").map(AnswerTakenSlug::new)),
        Tuple.of(1, Arbitraries.of(0, 10_000, 20_000).map(LagLists::new)),
        Tuple.of(1, Arbitraries.just(new DelayCreate())),
        Tuple.of(
            1,
            Combinators.combine(account(), slug(), Arbitraries.of(true, false)).as(BeFaster::new)));
  }

  private static Arbitrary<OwnershipStep> toTheOperator() {
    return Arbitraries.frequencyOf(
        Tuple.of(4, Arbitraries.of(5, 30, 70, 130).map(Wait::new)),
        Tuple.of(1, Arbitraries.just(new Restart())),
        Tuple.of(2, Arbitraries.integers().between(0, 6).map(Kill::new)));
  }

  private static Arbitrary<OwnershipStep> toObjects() {
    return Arbitraries.frequencyOf(
        Tuple.of(2, place().map(BackUp::new)),
        Tuple.of(1, place().map(Lose::new)),
        Tuple.of(
            3,
            Combinators.combine(
                    place(),
                    place(),
                    Arbitraries.of(true, false),
                    Arbitraries.of(false, false, true))
                .as(Restore::new)),
        Tuple.of(
            2,
            Combinators.combine(place(), slug(), Arbitraries.of(true, false)).as(ForgeClaim::new)),
        Tuple.of(1, place().map(LoseStatus::new)),
        Tuple.of(1, place().map(StripFinalizer::new)));
  }

  private static Arbitrary<OwnershipStep> toAccounts() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            1,
            Combinators.combine(
                    Arbitraries.of("team-a", "team-b", DrivenOperator.NAMESPACE),
                    Arbitraries.of(
                        "key-A", "key-A2", "key-B", "key-SHARED", "key-SHARED2", "key-EMPTY"))
                .as(UseKey::new)),
        Tuple.of(1, bot().map(Impersonate::new)));
  }

  private static Arbitrary<Place> place() {
    return Arbitraries.of(Place.values());
  }

  private static Arbitrary<Account> account() {
    return Arbitraries.of(Account.A, Account.B, Account.SHARED);
  }

  private static Arbitrary<String> slug() {
    return Arbitraries.of("support", "sales");
  }

  private static Arbitrary<Integer> bot() {
    return Arbitraries.integers().between(0, 3);
  }
}
