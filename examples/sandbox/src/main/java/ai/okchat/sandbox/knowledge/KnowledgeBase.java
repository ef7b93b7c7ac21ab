package ai.okchat.sandbox.knowledge;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.FilePart;
import ai.okchat.sandbox.store.Document;
import ai.okchat.sandbox.store.Document.Content;
import ai.okchat.sandbox.store.Document.Visibility;
import ai.okchat.sandbox.store.Documents;
import ai.okchat.sandbox.store.Timestamps;
import ai.okchat.sandbox.switches.LiveSwitches;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Stores and searches the documents of bots. */
public final class KnowledgeBase {
  private final Documents documents;
  private final PassageIndex index;
  private final DocumentReading reading;
  private final LiveSwitches switches;
  private final Clock clock;

  public KnowledgeBase(
      Documents documents,
      PassageIndex index,
      DocumentReading reading,
      LiveSwitches switches,
      Clock clock) {
    this.documents = documents;
    this.index = index;
    this.reading = reading;
    this.switches = switches;
    this.clock = clock;
  }

  /** Stores all files, or none if one is rejected. */
  void upload(String chatbotId, String part, List<FilePart> files) {
    var rules = switches.now();
    var now = clock.millis();
    var visibility =
        new Visibility(now + rules.knowledgeLagMillis(), now + rules.indexingDelayMillis());
    add(
        files.stream()
            .map(
                file ->
                    document(
                        chatbotId,
                        rules.titleExtension().title(file.name()),
                        visibility,
                        FileTypes.checked(part, file)))
            .toList());
  }

  /** Stores a document as another client; the switches do not apply. */
  public Document addForeign(String chatbotId, String title, FilePart file) {
    var content = FileTypes.checked("title", file);
    var added = document(chatbotId, title, new Visibility(0, 0), content);
    add(List.of(added));
    return added.document();
  }

  /** Replaces the content and, if the switch permits it, the title. */
  void replace(Document before, Optional<String> title, FilePart file) {
    var rules = switches.now();
    var newTitle =
        rules.patchChangesTitle()
            ? title.orElseGet(() -> rules.titleExtension().title(file.name()))
            : before.title();
    var readyFrom = clock.millis() + rules.indexingDelayMillis();
    var after =
        new Document(
            before.id(),
            before.chatbotId(),
            newTitle,
            before.createdAt(),
            new Visibility(before.visibility().listedFrom(), readyFrom));
    var replacement = new Documents.New(after, FileTypes.checked("file", file));
    index.together(
        () -> {
          documents.replace(replacement);
          index.put(after, replacement.content());
        });
    reading.begin(replacement);
  }

  /** Returns the documents that the API lists now, oldest first. */
  List<Document> listed(String chatbotId) {
    return all(chatbotId).stream().filter(document -> document.isListed(clock.millis())).toList();
  }

  /** Returns all documents, also those that the API does not list yet. */
  public List<Document> all(String chatbotId) {
    return documents.of(chatbotId);
  }

  public Document require(String chatbotId, String documentId) {
    return documents.find(chatbotId, documentId).orElseThrow(() -> ApiError.notFound("Document"));
  }

  public Content content(Document document) {
    return documents.content(document.id()).orElseThrow(() -> ApiError.notFound("Document"));
  }

  /** Returns the extracted text of a document that is not text; empty until it is extracted. */
  public Optional<String> textRead(Document document) {
    return reading.text(document.id());
  }

  /** Returns the current status of each document of a bot. */
  public Function<Document, DocumentStatus> statuses(String chatbotId) {
    var progress = reading.progress(chatbotId);
    var now = clock.millis();
    return document -> DocumentStatus.of(document, progress.get(document.id()), now);
  }

  public void delete(String chatbotId, String documentId) {
    index.together(
        () -> {
          if (!documents.delete(chatbotId, documentId)) {
            throw ApiError.notFound("Document");
          }
          index.remove(documentId);
        });
  }

  /** Returns the passages that are similar enough to the question, best first. */
  public List<Hit> search(String chatbotId, String question) {
    return index.search(chatbotId, question, clock.millis()).stream()
        .filter(Hit::isAboveThreshold)
        .toList();
  }

  private Documents.New document(
      String chatbotId, String title, Visibility visibility, Content content) {
    var createdAt = Timestamps.format(clock.instant());
    var id = UUID.randomUUID().toString();
    return new Documents.New(new Document(id, chatbotId, title, createdAt, visibility), content);
  }

  private void add(List<Documents.New> added) {
    index.together(
        () -> {
          documents.add(added);
          added.forEach(entry -> index.put(entry.document(), entry.content()));
        });
    added.forEach(reading::begin);
  }
}
