package ai.okchat.cli;

import ai.okchat.client.Conversation;
import ai.okchat.client.Message;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Conversations and messages as stable JSON. */
final class ConversationTree {
  private ConversationTree() {}

  static ObjectNode of(Conversation conversation) {
    return JsonText.object()
        .put("session", conversation.id())
        .put("platform", conversation.platform())
        .put("state", conversation.state())
        .put("human", conversation.humanMode())
        .put("createdAt", time(conversation.createdAt()))
        .put("updatedAt", time(conversation.updatedAt()));
  }

  static ObjectNode of(Message message) {
    var tree =
        JsonText.object()
            .put("id", message.id())
            .put("time", time(message.createdAt()))
            .put("sender", message.senderType())
            .put("content", message.content())
            .put("model", message.model());
    message.attachments().stream()
        .map(Message.Attachment::name)
        .forEach(name -> tree.withArray("attachments").add(name));
    return tree;
  }

  static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}
