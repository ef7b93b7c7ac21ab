package ai.okchat.client;

import java.util.List;

/** The documents of one response, and its paging. */
record KnowledgePage(List<KnowledgeDocument> documents, Paging paging) {}
