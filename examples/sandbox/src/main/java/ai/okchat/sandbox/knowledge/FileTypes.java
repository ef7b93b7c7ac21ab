package ai.okchat.sandbox.knowledge;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.FilePart;
import ai.okchat.sandbox.store.Document.Content;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Which files the knowledge base takes. */
final class FileTypes {
  /** PDF and Word are kept, but their text is not read yet. */
  private static final Set<String> KEPT = Set.of("pdf", "docx", "doc");

  private static final List<String> TAKEN =
      List.of("pdf", "md", "mdx", "docx", "doc", "csv", "json");

  private FileTypes() {}

  /** The content of a file that may be stored. */
  static Content checked(String part, FilePart file) {
    var type = file.extension();
    if (!TAKEN.contains(type)) {
      throw ApiError.badRequest(
          part, file.name() + ": the type must be one of: " + String.join(", ", TAKEN));
    }
    if (!KEPT.contains(type) && !isUtf8(file.content())) {
      throw ApiError.badRequest(part, file.name() + ": must be UTF-8");
    }
    var content = new Content(type, file.content());
    if (type.equals("json")) {
      QuestionsAndAnswers.check(part, file);
    }
    return content;
  }

  static boolean isReadable(String type) {
    return !KEPT.contains(type);
  }

  private static boolean isUtf8(byte[] content) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
