package ai.okchat.operator.okchat;

import java.util.List;

/** The documents of one answer, and what it says about being a part. */
record KnowledgePage(List<KnowledgeDocument> documents, Paging paging) {}
