package ai.okchat.operator.okchat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the documents in an answer whose shape is not published (SPEC 2.10): the one array of
 * objects that have an id and a title, at the top, under any key, or one level deeper.
 *
 * <p>What can not be told for certain is refused. To take such an answer for an empty list would
 * have every document uploaded again.
 */
record KnowledgePage(List<KnowledgeDocument> documents, Paging paging) {
  /** Only the published example has it: a chatbot, pasted where a list should be. */
  private static final String PLACEHOLDER = "chatbot";

  /** Arrays that say nothing about documents when they are empty. */
  private static final Set<String> REMARKS = Set.of("error", "errors", "warnings", "messages");

  private record Candidate(String key, JsonNode array, JsonNode parent) {}

  static KnowledgePage read(JsonNode answer) throws UnusableAnswerException {
    if (answer.has(PLACEHOLDER)) {
      throw UnusableAnswerException.shape("is a chatbot where a list of documents was expected");
    }
    if (answer.hasNonNull("error")) {
      throw UnusableAnswerException.shape(
          "reports an error where a list of documents was expected");
    }
    var candidate = documents(candidates(answer));
    var all = new ArrayList<KnowledgeDocument>(candidate.array().size());
    candidate.array().forEach(element -> KnowledgeDocumentReader.read(element).ifPresent(all::add));
    return new KnowledgePage(List.copyOf(all), paging(answer, candidate));
  }

  private static Candidate documents(List<Candidate> candidates) throws UnusableAnswerException {
    var filled = candidates.stream().filter(KnowledgePage::holdsDocuments).toList();
    if (filled.size() == 1) {
      return filled.getFirst();
    }
    if (filled.size() > 1) {
      throw UnusableAnswerException.shape("has several arrays that could be the list of documents");
    }
    if (candidates.size() == 1 && isEmptyList(candidates.getFirst())) {
      return candidates.getFirst();
    }
    throw UnusableAnswerException.shape("has no array of objects with an id and a title");
  }

  private static boolean holdsDocuments(Candidate candidate) {
    return !candidate.array().isEmpty()
        && candidate
            .array()
            .valueStream()
            .allMatch(element -> KnowledgeDocumentReader.read(element).isPresent());
  }

  private static boolean isEmptyList(Candidate candidate) {
    return candidate.array().isEmpty() && !REMARKS.contains(candidate.key());
  }

  private static List<Candidate> candidates(JsonNode answer) {
    if (answer.isArray()) {
      return List.of(new Candidate("", answer, answer));
    }
    return Stream.concat(arraysOf(answer), answer.valueStream().flatMap(KnowledgePage::arraysOf))
        .toList();
  }

  private static Stream<Candidate> arraysOf(JsonNode parent) {
    return parent.isObject()
        ? parent
            .propertyStream()
            .filter(property -> property.getValue().isArray())
            .map(property -> new Candidate(property.getKey(), property.getValue(), parent))
        : Stream.empty();
  }

  private static Paging paging(JsonNode answer, Candidate candidate) {
    var near = Paging.beside(candidate.parent());
    return near.equals(Paging.NONE) ? Paging.beside(answer) : near;
  }
}
