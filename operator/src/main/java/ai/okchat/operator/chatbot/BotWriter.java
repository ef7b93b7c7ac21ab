package ai.okchat.operator.chatbot;

import ai.okchat.client.Bot;
import ai.okchat.client.OkChatException;
import ai.okchat.operator.account.Account;
import ai.okchat.planning.DesiredBot;
import ai.okchat.planning.Difference;
import ai.okchat.planning.FieldPath;
import ai.okchat.planning.Plan;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Writes bots to the backend, and puts every written bot into the inventory at once. */
final class BotWriter {

  /**
   * Creates the bot, without the parts that have a request of their own.
   *
   * @throws OkChatException if the backend does not return a bot; {@link
   *     OkChatException#mayHaveBeenApplied} says whether it may have created one
   */
  Bot create(Account account, ObjectNode body) {
    var bot = account.call(client -> client.createChatbot(body));
    account.inventory().put(bot, true);
    return bot;
  }

  /** Reads the current bot, for a write that must not overwrite changes of other clients. */
  Optional<Bot> readBack(Account account, Bot bot) {
    var read = account.call(client -> client.getChatbot(bot.id()));
    read.ifPresent(current -> account.inventory().put(current, false));
    return read;
  }

  /**
   * Writes the differences: one request for the fields, and one each for avatar, voice agent and
   * chat widget.
   */
  Bot write(Account account, Bot observed, DesiredBot desired, Plan plan, List<String> ignored) {
    var bot = observed;
    if (!plan.update().isEmpty()) {
      var body = plan.updateBody(desired, bot, ignored);
      bot = cached(account, account.call(client -> client.updateChatbot(observed.id(), body)));
    }
    if (!plan.avatar().isEmpty()) {
      var upload = desired.avatar().orElseThrow().content().open();
      bot = cached(account, account.call(client -> client.updateAvatar(observed.id(), upload)));
    }
    if (!plan.voiceAgent().isEmpty()) {
      bot = cached(account, withVoiceAgent(account, bot, desired, ignored));
    }
    if (!plan.chatWidget().isEmpty()) {
      var widget = desired.chatWidget().orElseThrow();
      account.call(client -> client.updateChatWidget(observed.id(), widget));
    }
    return bot;
  }

  private static Bot withVoiceAgent(
      Account account, Bot bot, DesiredBot desired, List<String> ignored) {
    var fields = bot.fields();
    var managed = FieldPath.without(desired.comparable(), ignored).get(DesiredBot.VOICE);
    var config = Difference.merge(fields.get(DesiredBot.VOICE), (ObjectNode) managed);
    config.put("agentId", bot.id());
    fields.set(DesiredBot.VOICE, account.call(client -> client.updateVoiceAgent(bot.id(), config)));
    return new Bot(bot.id(), bot.slug(), bot.organizationId(), fields);
  }

  private static Bot cached(Account account, Bot bot) {
    account.inventory().put(bot, false);
    return bot;
  }
}
