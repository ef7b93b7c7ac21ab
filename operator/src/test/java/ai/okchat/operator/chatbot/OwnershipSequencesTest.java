package ai.okchat.operator.chatbot;

import static ai.okchat.operator.chatbot.OwnershipModel.Account.A;
import static ai.okchat.operator.chatbot.OwnershipModel.Account.SHARED;
import static ai.okchat.operator.chatbot.OwnershipModel.Place.A_ONE;
import static ai.okchat.operator.chatbot.OwnershipModel.Place.A_TWO;
import static ai.okchat.operator.chatbot.OwnershipModel.Place.B_ONE;
import static ai.okchat.operator.chatbot.OwnershipStep.Policy.ADOPT;
import static ai.okchat.operator.chatbot.OwnershipStep.Policy.DO_NOT_ADOPT;

import ai.okchat.operator.chatbot.OwnershipModel.Account;
import ai.okchat.operator.chatbot.OwnershipModel.Place;
import ai.okchat.operator.chatbot.OwnershipModel.Through;
import ai.okchat.operator.chatbot.OwnershipStep.AnswerTakenSlug;
import ai.okchat.operator.chatbot.OwnershipStep.BackUp;
import ai.okchat.operator.chatbot.OwnershipStep.BeFaster;
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
import ai.okchat.operator.chatbot.OwnershipStep.Rename;
import ai.okchat.operator.chatbot.OwnershipStep.Restore;
import ai.okchat.operator.chatbot.OwnershipStep.SwitchBackend;
import ai.okchat.operator.chatbot.OwnershipStep.UseKey;
import ai.okchat.operator.chatbot.OwnershipStep.Wait;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Sequences that broke a rule of ownership once: the recipes of the known faults, and shrunk
 * counterexamples of {@link OwnershipPropertyTest}. The model checks the rules after every step.
 */
class OwnershipSequencesTest {
  private final OwnershipModel model = new OwnershipModel();

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  @DisplayName("Chatbots become Ready, and their deletion removes their bots")
  void removesEverythingWhenNothingFails() {
    happens(own(A_ONE, "support"), shared(B_ONE, ""), new Wait(130));
    happens(new Delete(A_ONE), new Delete(B_ONE));
  }

  @Test
  @DisplayName("T45: an ID from a server of a tenant is not used on another backend")
  void usesNoIdOfAHostileBackendOnTheSharedAccount() {
    happens(
        shared(A_ONE, "support"),
        new Impersonate(0),
        create(B_ONE, Through.HOSTILE, ""),
        new SwitchBackend(B_ONE, Through.SHARED),
        new Rename(B_ONE, "Owned"),
        new Delete(B_ONE));
  }

  @Test
  @DisplayName("T46: a recreation does not adopt the bot of another owner")
  void doesNotAdoptBotCreatedByHandWhenRecreating() {
    happens(
        own(A_ONE, "support"),
        new Wait(70),
        new DeleteByHand(0),
        new MakeByHand(A, "support"),
        new Wait(130));
  }

  @Test
  @DisplayName("T47: a recreation with a lost response creates one bot")
  void createsOneBotWhenTheResponseToARecreationIsLost() {
    happens(
        new AnswerTakenSlug("accept-with-suffix"),
        own(A_ONE, "support"),
        new Wait(70),
        new MakeByHand(A, "sales"),
        new Fail("create-chatbot", "cut-after", 0, 1),
        new DeleteByHand(0),
        new Wait(130),
        new Wait(130));
  }

  @Test
  @DisplayName("T48: after a conclusive rejection a failed lookup does not lead to an adoption")
  void doesNotAdoptFasterBotWhenTheLookupFails() {
    happens(new BeFaster(A, "support", true), own(A_ONE, "support"), new Wait(130));
  }

  @Test
  @DisplayName("T49: deleting the copy of an object does not delete the bot of the original")
  void keepsTheBotOfTheOriginalWhenACopyWithItsStatusIsDeleted() {
    happens(
        shared(B_ONE, "support"),
        new BackUp(B_ONE),
        new Restore(B_ONE, A_ONE, true, false),
        new Delete(A_ONE));
  }

  @Test
  @DisplayName("T53: an empty account does not complete a deletion")
  void blocksADeletionInAnEmptyAccount() {
    happens(
        own(A_ONE, "support"), new UseKey("team-a", "key-EMPTY"), new Delete(A_ONE), new Wait(130));
  }

  @Test
  @DisplayName("An unresolved create does not own the bot of an object with another key")
  void keepsTheBotOfAnObjectWithAnotherKeyOfTheOrganization() {
    happens(
        new UseKey("team-b", "key-A2"),
        new Fail("create-chatbot", "status", 503, 1),
        own(B_ONE, "support"),
        new Delete(B_ONE),
        own(A_TWO, "support"),
        new Wait(130));
  }

  @Test
  @DisplayName("After a restart the owner by ID is known before its backend was resolved")
  void keepsTheBotOfAnotherObjectRightAfterARestart() {
    happens(
        shared(A_TWO, "support"),
        new UseKey("team-a", "key-SHARED"),
        new Create(A_ONE, Through.OWN, "support", ADOPT),
        new Kill(1));
  }

  @Test
  @DisplayName("A slug that is in use in another organization is reported at every attempt")
  void reportsSlugTakenAtEveryAttemptOnASharedAccount() {
    happens(new MakeByHand(Account.B, "sales"), shared(B_ONE, "sales"), new Wait(130));
  }

  @Test
  @DisplayName("A Chatbot whose status was restored gets a new bot for one that was deleted")
  void recreatesTheBotOfARestoredObject() {
    happens(
        new MakeByHand(A, "sales"),
        own(A_ONE, "support"),
        new BackUp(A_ONE),
        new Lose(A_ONE),
        new Restore(A_ONE, A_ONE, true, false),
        new DeleteByHand(1),
        new Wait(130));
  }

  @Test
  @DisplayName("A bot of the shared account that was created by hand belongs to no object")
  void doesNotUseBotCreatedByHandInTheSharedAccount() {
    happens(new MakeByHand(SHARED, "support"), shared(A_ONE, "support"), new Delete(A_ONE));
  }

  @Test
  @DisplayName("A create that arrives late keeps its claim after the key of another account")
  void blocksADeletionWhoseCreateWasSentToAnotherAccount() {
    happens(
        new DelayCreate(),
        own(A_ONE, ""),
        new Delete(A_ONE),
        new UseKey("team-a", "key-B"),
        new Wait(130));
  }

  @Test
  @DisplayName("A create that arrives late is the only one after the key of another account")
  void createsNoSecondBotInAnotherAccount() {
    happens(new DelayCreate(), own(A_ONE, ""), new UseKey("team-a", "key-B"), new Wait(130));
  }

  @Test
  @DisplayName("A create that arrives late is the only one after a user edits the annotations")
  void createsNoSecondBotWhenTheClaimIsForged() {
    happens(new DelayCreate(), own(A_ONE, ""), new ForgeClaim(A_ONE, "support", true));
  }

  @Test
  @DisplayName("A rejected deletion of a new bot that no list shows does not complete")
  void waitsForANewBotBeforeTheEndOfItsDeletion() {
    happens(
        new LagLists(10_000),
        new Fail("delete-chatbot", "status", 404, 3),
        own(A_ONE, ""),
        new Delete(A_ONE));
  }

  @Test
  @DisplayName("A deletion after the loss of status and account writes a receipt")
  void writesReceiptWhenTheRecordOfTheAccountIsLost() {
    happens(
        own(A_ONE, ""),
        new UseKey("team-a", "key-B"),
        new LoseStatus(A_ONE),
        new Delete(A_ONE),
        new Wait(130));
  }

  @Test
  @DisplayName("An ID that was recorded in another account reserves no slug in this one")
  void createsBotWhoseSlugIsRecordedInAnotherAccount() {
    happens(
        shared(A_ONE, "support"),
        new DelayCreate(),
        new DeleteByHand(0),
        own(A_TWO, "support"),
        new UseKey(DrivenOperator.NAMESPACE, "key-A"));
  }

  @Test
  @DisplayName("A rejected retry keeps the claim of the create before it")
  void findsTheBotOfALateCreateAfterARejectedRetry() {
    happens(new DelayCreate(), own(A_ONE, "support"), new LoseView(-1), new Wait(70));
  }

  @Test
  @DisplayName("A status from another backend object is not Ready while no list can be read")
  void reportsNoRestoredStatusAsReadyWhileListsFail() {
    happens(
        own(B_ONE, "support"),
        new BackUp(B_ONE),
        new Fail("list-chatbots", "status", 500, 2),
        new Restore(B_ONE, A_TWO, true, true));
  }

  @Test
  @DisplayName("The status of another Chatbot is not Ready while no list can be read")
  void reportsNoCopiedStatusAsReadyWhileListsFail() {
    happens(
        new Wait(30),
        new Create(A_ONE, Through.OWN, "", OwnershipStep.Policy.ADOPT),
        new Fail("list-chatbots", "status", 500, 3),
        new Wait(30),
        new BackUp(A_ONE),
        new Restore(A_ONE, A_TWO, true, false));
  }

  @Test
  @DisplayName("A conflict remains if no response contained the suffix of the bot's slug")
  void reportsConflictWhenNoResponseHadTheSuffix() {
    happens(
        new MakeByHand(Account.B, "support"),
        new AnswerTakenSlug("accept-with-suffix"),
        new Fail("create-chatbot", "cut-after", 0, 1),
        own(A_ONE, "support"));
  }

  @Test
  @DisplayName("A bot that only a server of the tenant lists is not the bot of the Chatbot")
  void doesNotUseBotThatAHostileServerLists() {
    happens(
        new MakeByHand(A, "support"),
        new Impersonate(0),
        new Create(A_ONE, Through.HOSTILE, "support", OwnershipStep.Policy.ADOPT),
        new Delete(A_ONE));
  }

  @Test
  @DisplayName("Without a status, a bot with the claimed slug counts as the bot of the claim")
  void usesBotWithTheClaimedSlugWhenTheStatusIsLost() {
    happens(
        own(B_ONE, "sales"),
        new DeleteByHand(0),
        new LoseStatus(B_ONE),
        new MakeByHand(Account.B, "sales"));
  }

  /** The rules are valid after each step, and at the end no operation is incomplete. */
  private void happens(OwnershipStep... steps) {
    for (var step : steps) {
      step.apply(model);
      model.settle();
    }
    model.checkEnd();
  }

  private static Create own(Place place, String slug) {
    return create(place, Through.OWN, slug);
  }

  private static Create shared(Place place, String slug) {
    return create(place, Through.SHARED, slug);
  }

  private static Create create(Place place, Through through, String slug) {
    return new Create(place, through, slug, DO_NOT_ADOPT);
  }
}
