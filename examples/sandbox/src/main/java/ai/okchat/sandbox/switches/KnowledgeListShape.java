package ai.okchat.sandbox.switches;

/** The shapes of the knowledge base list: its wrapper, and the keys of its documents. */
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
  /** Titles without IDs, so a client cannot delete by this list. */
  WITHOUT_IDS,
  /** IDs without titles, so a client cannot recognize a document. */
  WITHOUT_TITLES,
  /** The chatbot of the published example, which is not a list. */
  PLACEHOLDER,
  /** The chatbot of the published example, with an array of documents. */
  PLACEHOLDER_WITH_DOCUMENTS,
  /** A web page with status 200. */
  HTML
}
