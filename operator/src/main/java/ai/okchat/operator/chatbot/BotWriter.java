package ai.okchat.operator.chatbot;

import ai.okchat.operator.backend.Account;
import ai.okchat.operator.okchat.Bot;
import ai.okchat.operator.okchat.OkChatException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The backend writes of one bot. Every bot that is written goes into the inventory at once. */
final class BotWriter {

  /**
   * Creates the bot, without what only its own requests set.
   *
   * @throws OkChatException without a bot; {@link OkChatException#mayHaveBeenApplied} says whether
   *     the backend may have created it all the same
   */
  Bot create(Account account, ObjectNode body) {
    var bot = account.call(client -> client.createChatbot(body));
    account.inventory().put(bot, true);
    return bot;
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
