package ai.okchat.cli;

import ai.okchat.client.Conversation;
import ai.okchat.client.Message;
import ai.okchat.client.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads conversations of one bot, page by page. */
final class ConversationReader {
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 1000;

  private final BackendAccess.OpenBot bot;

  ConversationReader(BackendAccess.OpenBot bot) {
    this.bot = bot;
  }

  /**
   * Lists the newest conversations.
   *
   * @param since older ones are not read
   * @param most number of conversations
   * @throws PluginException if so many pages do not reach that time
   */
  List<Conversation> since(Instant since, int most) {
    var found = new ArrayList<Conversation>();
    for (var number = 1; found.size() < most; number++) {
      var page = bot.client().listConversations(bot.id(), number, Math.min(PAGE, most), null);
      page.items().stream()
          .filter(conversation -> !time(conversation).isBefore(since))
          .limit((long) most - found.size())
          .forEach(found::add);
      if (isLast(page, number) || time(page.items().getLast()).isBefore(since)) {
        break;
      }
      requireFewerPages(
          number, "The bot has more than %d newer conversations. Name a later time with --since.");
    }
    return found;
  }

  /** Finds the newest conversation that matches; empty if none of the newest does. */
  Optional<Conversation> find(Predicate<Conversation> wanted) {
    return since(Instant.EPOCH, PAGE * 10).stream().filter(wanted).findFirst();
  }

  /**
   * Lists all messages of a conversation, the oldest first.
   *
   * @throws PluginException if they have too many pages
   */
  List<Message> messages(String sessionId) {
    var messages = new ArrayList<Message>();
    for (var number = 1; ; number++) {
      var page = bot.client().listMessages(bot.id(), sessionId, number, PAGE);
      messages.addAll(page.items());
      if (isLast(page, number)) {
        return messages;
      }
      requireFewerPages(
          number, "The conversation has more than %d messages. Read it in the dashboard.");
    }
  }

  private static boolean isLast(Page<?> page, int number) {
    return number >= page.totalPages() || page.items().isEmpty();
  }

  /** A list that is cut without a message would lose the rest. */
  private static void requireFewerPages(int number, String message) {
    if (number == MOST_PAGES) {
      throw PluginException.unknown(message.formatted(MOST_PAGES * PAGE));
    }
  }

  /** The time of the last message, as far as the backend reports it. */
  static Instant time(Conversation conversation) {
    return Objects.requireNonNullElse(
        conversation.updatedAt(),
        Objects.requireNonNullElse(conversation.createdAt(), Instant.EPOCH));
  }
}
