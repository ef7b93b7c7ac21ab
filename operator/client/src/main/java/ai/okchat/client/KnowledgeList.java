package ai.okchat.client;

import java.util.List;

/** All documents that match a request, each ID once, in the order of the backend. */
public record KnowledgeList(List<KnowledgeDocument> documents) {
  public KnowledgeList {
    documents = List.copyOf(documents);
  }
}
