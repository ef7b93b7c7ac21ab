package ai.okchat.sandbox.gateway;

import ai.okchat.sandbox.fault.Fault;
import ai.okchat.sandbox.http.Endpoint;
import ai.okchat.sandbox.journal.Journal;
import ai.okchat.sandbox.journal.JournalEntry;
import ai.okchat.sandbox.store.Organization;
import io.javalin.http.Context;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The journal fields of a request that are known when it arrives. */
record ObservedCall(Context context, @Nullable Endpoint endpoint, Instant at) {

  JournalEntry entry(int status, @Nullable Organization organization, @Nullable Fault fault) {
    return new JournalEntry(
        at,
        new JournalEntry.Target(
            endpoint == null ? null : endpoint.wireName(),
            context.method().name(),
            context.path(),
            context.queryString()),
        status,
        new JournalEntry.Caller(
            organization == null ? null : organization.name(),
            chatbotId(),
            Math.max(0, context.req().getContentLengthLong()),
            fault == null ? null : fault.kind().wireName()),
        jsonBody());
  }

  private @Nullable String chatbotId() {
    if (endpoint == null) {
      return null;
    }
    return switch (endpoint) {
      case UPDATE_CHATBOT -> context.queryParam("id");
      case UPLOAD_KNOWLEDGE -> context.queryParam("chatbotId");
      default -> context.pathParamMap().get("chatbotId");
    };
  }

  private byte @Nullable [] jsonBody() {
    var length = context.req().getContentLengthLong();
    var small = length > 0 && length <= Journal.MAX_BODY_BYTES;
    return small && !context.isMultipart() ? context.bodyAsBytes() : null;
  }
}
