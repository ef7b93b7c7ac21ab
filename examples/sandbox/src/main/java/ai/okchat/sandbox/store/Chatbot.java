package ai.okchat.sandbox.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A stored bot.
 *
 * @param visibleFrom milliseconds since 1970; before that, neither list nor get show the bot
 * @param form the full form of the API, 20 keys; must not be changed in place
 * @param widget the last body of the chat widget endpoint
 */
public record Chatbot(
    String id,
    String organizationId,
    long visibleFrom,
    ObjectNode form,
    @Nullable ObjectNode widget) {

  public String slug() {
    return form.path("slug").asText();
  }

  public String name() {
    return form.path("name").asText();
  }

  public Chatbot withForm(ObjectNode changed) {
    return new Chatbot(id, organizationId, visibleFrom, changed, widget);
  }

  public Chatbot withWidget(ObjectNode changed) {
    return new Chatbot(id, organizationId, visibleFrom, form, changed);
  }
}
