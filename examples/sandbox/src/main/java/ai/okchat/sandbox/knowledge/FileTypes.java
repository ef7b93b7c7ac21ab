package ai.okchat.sandbox.knowledge;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.FilePart;
import ai.okchat.sandbox.store.Document.Content;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Checks the files that the knowledge base accepts. */
final class FileTypes {
  private static final List<String> ACCEPTED =
      List.of("pdf", "md", "mdx", "docx", "doc", "csv", "json");

  private FileTypes() {}

  /** Returns the content of an accepted file. */
  static Content checked(String part, FilePart file) {
    var type = file.extension();
    if (!ACCEPTED.contains(type)) {
      throw ApiError.badRequest(
          part, file.name() + ": the type must be one of: " + String.join(", ", ACCEPTED));
    }
    var content = new Content(type, file.content());
    if (!content.isToBeRead() && !isUtf8(file.content())) {
      throw ApiError.badRequest(part, file.name() + ": must be UTF-8");
    }
    if (type.equals("json")) {
      QuestionsAndAnswers.check(part, file);
    }
    return content;
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
