package ai.okchat.sandbox.switches;

/** How the knowledge base list is wrapped, and what its documents' keys are called. */
public enum KnowledgeListShape implements Choice {
  /** {@code {"documents": [{"id", "title", ...}]}}. */
  DOCUMENTS,
  /** {@code [{"id", "title", ...}]}. */
  BARE_ARRAY,
  /** {@code {"data": [{"id", "title", ...}], "metadata": {paging}}}. */
  DATA_PAGED,
  /** {@code {"knowledge_base": {"documents": [{"id", "title", ...}]}}}. */
  NESTED,
  /** {@code {"files": [{"documentId", "filename", ...}]}}. */
  FILES_FILENAME,
  /** {@code {"results": [{"document_id", "file_name", ...}]}}. */
  RESULTS_FILE_NAME,
  /** {@code {"items": [{"id", "fileName", ...}]}}. */
  ITEMS_FILENAME,
  /** {@code {"list": [{"id", "name", ...}]}}. */
  LIST_NAME,
  /** Titles without ids: nothing can be deleted by it. */
  WITHOUT_IDS,
  /** Ids without titles: nothing can be recognized by it. */
  WITHOUT_TITLES,
  /** The chatbot of the published example, which is not a list at all. */
  PLACEHOLDER,
  /** The same with an array of documents inside. */
  PLACEHOLDER_WITH_DOCUMENTS,
  /** A web page with status 200. */
  HTML
}
