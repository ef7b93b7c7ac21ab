package ai.okchat.operator.knowledge;

import ai.okchat.api.v1alpha1.RetrievalCheck;
import ai.okchat.client.QueryResult.Passage;
import ai.okchat.operator.knowledge.ingestion.LinkedBot;
import ai.okchat.planning.document.Document;
import ai.okchat.planning.document.DocumentTitle;
import ai.okchat.planning.document.SourceTag;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs one retrieval check: sends its query, and searches the response for the expected document.
 */
record RetrievalQuestion(RetrievalCheck check, List<Document> documents, SourceTag tag) {

  RetrievalResult ask(LinkedBot bot) {
    var expected = expected();
    if (check.expectDocument() != null && expected.isEmpty()) {
      return failed(
          "expects the document %s, which the source does not have. Name one of its documents."
              .formatted(check.expectDocument()));
    }
    var passages =
        bot.connection()
            .account()
            .call(client -> client.queryKnowledge(bot.botId(), check.query()))
            .passages();
    return passages.stream().filter(this::isSimilar).anyMatch(passage -> isFrom(passage, expected))
        ? new RetrievalResult.Passed()
        : failed(missing());
  }

  private Optional<Document> expected() {
    return documents.stream()
        .filter(document -> document.name().equals(check.expectDocument()))
        .findFirst();
  }

  private boolean isSimilar(Passage passage) {
    return check.minSimilarity() == null || passage.similarity() >= check.minSimilarity();
  }

  private boolean isFrom(Passage passage, Optional<Document> expected) {
    if (check.expectDocument() == null) {
      return true;
    }
    return passage
        .title()
        .flatMap(title -> DocumentTitle.find(title, tag))
        .filter(title -> title.isCopyOf(expected.orElseThrow().title()))
        .isPresent();
  }

  private String missing() {
    var similar =
        check.minSimilarity() == null
            ? ""
            : " with a similarity of at least "
                + String.format(Locale.ROOT, "%.2f", check.minSimilarity());
    return check.expectDocument() == null
        ? "finds nothing%s in the bot's documents.".formatted(similar)
        : "does not find the document %s%s.".formatted(check.expectDocument(), similar);
  }

  private RetrievalResult failed(String result) {
    return new RetrievalResult.Failed("The query '%s' %s".formatted(check.query(), result));
  }
}
