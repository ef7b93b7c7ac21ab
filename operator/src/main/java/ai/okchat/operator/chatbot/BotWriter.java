package ai.okchat.operator.chatbot;

import ai.okchat.operator.backend.Account;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.FailureKind;
import ai.okchat.operator.okchat.OkChatException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The backend writes of one bot. Every bot that is written goes into the inventory at once. */
final class BotWriter {

  private final CreateAttempts attempts;

  BotWriter(CreateAttempts attempts) {
    this.attempts = attempts;
  }

  /** What the backend said to a create. */
  sealed interface CreateAnswer {}

  record Created(Bot bot) implements CreateAnswer {}

  /** It certainly made nothing: the slug is taken, or it does not like the values. */
  record Refused(OkChatException refusal) implements CreateAnswer {}

  /**
   * Creates the bot, without what only its own calls set.
   *
   * @throws OkChatException where there was no answer to the question; the attempt is remembered
   */
  CreateAnswer create(String uid, Account account, ObjectNode body) {
    try {
      var bot = account.call(client -> client.createChatbot(body));
      attempts.forget(uid);
      account.inventory().put(bot, true);
      return new Created(bot);
    } catch (OkChatException e) {
      attempts.failed(uid, e);
      if (e.kind() == FailureKind.CONFLICT || e.kind() == FailureKind.REQUEST_REJECTED) {
        return new Refused(e);
      }
      throw e;
    }
  }

  /** The bot as the backend has it now, for a write that must not lose what others wrote. */
  Optional<Bot> readBack(Account account, Bot bot) {
    var read = account.call(client -> client.getChatbot(bot.id()));
    read.ifPresent(it -> account.inventory().put(it, false));
    return read;
  }

  /** Carries out what differs: one call for the fields, one each for avatar, voice and widget. */
  Bot write(Account account, Bot observed, Desired desired, Plan plan, List<String> ignored) {
    var bot = observed;
    if (!plan.update().isEmpty()) {
      var body = plan.updateBody(desired, bot, ignored);
      bot = kept(account, account.call(client -> client.updateChatbot(observed.id(), body)));
    }
    if (!plan.avatar().isEmpty()) {
      var upload = desired.avatar().orElseThrow().content().open();
      bot = kept(account, account.call(client -> client.updateAvatar(observed.id(), upload)));
    }
    if (!plan.voiceAgent().isEmpty()) {
      bot = kept(account, withVoiceAgent(account, bot, desired, ignored));
    }
    if (!plan.chatWidget().isEmpty()) {
      var widget = desired.chatWidget().orElseThrow();
      account.call(client -> client.updateChatWidget(observed.id(), widget));
    }
    return bot;
  }

  private static Bot withVoiceAgent(
      Account account, Bot bot, Desired desired, List<String> ignored) {
    var fields = bot.fields();
    var wanted = FieldPath.without(desired.comparable(), ignored).get(Desired.VOICE);
    var config = Difference.merge(fields.get(Desired.VOICE), (ObjectNode) wanted);
    config.put("agentId", bot.id());
    fields.set(Desired.VOICE, account.call(client -> client.updateVoiceAgent(bot.id(), config)));
    return new Bot(bot.id(), bot.slug(), bot.organizationId(), fields);
  }

  private static Bot kept(Account account, Bot bot) {
    account.inventory().put(bot, false);
    return bot;
  }
}
