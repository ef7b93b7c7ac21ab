package ai.okchat.operator.okchat;

import java.util.List;

/** All documents that were asked for, each id once, in the backend's order. */
public record KnowledgeList(List<KnowledgeDocument> documents) {
  public KnowledgeList {
    documents = List.copyOf(documents);
  }
}
