package ai.okchat.sandbox.chatbot;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.store.Chatbot;
import ai.okchat.sandbox.store.Chatbots;
import ai.okchat.sandbox.store.Organization;
import ai.okchat.sandbox.switches.LiveSwitches;
import ai.okchat.sandbox.switches.SlugTaken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;

/** Creates bots, by the API or as if by the dashboard. */
public final class NewChatbots {
  private final Chatbots chatbots;
  private final LiveSwitches switches;
  private final Clock clock;

  public NewChatbots(Chatbots chatbots, LiveSwitches switches, Clock clock) {
    this.chatbots = chatbots;
    this.switches = switches;
    this.clock = clock;
  }

  /** Creates a bot within quota, slug rule and list lag. */
  Chatbot byApi(Organization organization, ObjectNode body) {
    var rules = switches.now();
    var taken = body.has("slug") ? rules.slugTakenStatus() : SlugTaken.ACCEPT_WITH_SUFFIX;
    var visibleFrom = clock.millis() + rules.listLagMillis();
    return create(organization, body, visibleFrom, rules.maxBots(), taken);
  }

  /** Creates a bot that is visible at once; only the slug rule applies. */
  public Chatbot byDashboard(Organization organization, ObjectNode body) {
    ChatbotShapes.CHATBOT.check("", body);
    var taken = body.has("slug") ? SlugTaken.CONFLICT : SlugTaken.ACCEPT_WITH_SUFFIX;
    return create(organization, body, clock.millis(), 0, taken);
  }

  private Chatbot create(
      Organization organization, ObjectNode body, long visibleFrom, int maxBots, SlugTaken taken) {
    var form = ChatbotForms.created(organization.id(), body, clock.instant());
    var slug = form.get("slug").asText();
    for (var attempt = 1; ; attempt++) {
      var bot =
          new Chatbot(
              form.get("id").asText(),
              organization.id(),
              visibleFrom,
              form.put("slug", Slugs.candidate(slug, attempt)),
              null);
      switch (chatbots.insert(bot, maxBots)) {
        case STORED -> {
          return bot;
        }
        case TOO_MANY ->
            throw ApiError.of(
                switches.now().quotaStatus(), "Your plan allows " + maxBots + " chatbots");
        case SLUG_TAKEN -> {
          if (taken != SlugTaken.ACCEPT_WITH_SUFFIX) {
            throw ApiError.of(taken.status(), "slug: already in use");
          }
        }
      }
    }
  }
}
