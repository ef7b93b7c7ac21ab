package ai.okchat.planning.document;

import java.util.Locale;
import java.util.Optional;

/** The types of files: those that the backend accepts, and two that are sent as Markdown. */
public enum FileType {
  MARKDOWN("md", "text/markdown"),
  MDX("mdx", "text/markdown"),
  PDF("pdf", "application/pdf"),
  DOCX("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
  DOC("doc", "application/msword"),
  CSV("csv", "text/csv"),
  JSON("json", "application/json"),
  /** Sent as Markdown. */
  TEXT("md", "text/markdown"),
  /** Converted to Markdown first. */
  HTML("md", "text/markdown");

  private final String sentExtension;
  private final String sentMediaType;

  FileType(String sentExtension, String sentMediaType) {
    this.sentExtension = sentExtension;
    this.sentMediaType = sentMediaType;
  }

  /** Returns the type for the extension of a file name; empty if the backend does not accept it. */
  public static Optional<FileType> ofFileName(String fileName) {
    return switch (extensionOf(fileName)) {
      case "md", "markdown" -> Optional.of(MARKDOWN);
      case "mdx" -> Optional.of(MDX);
      case "pdf" -> Optional.of(PDF);
      case "docx" -> Optional.of(DOCX);
      case "doc" -> Optional.of(DOC);
      case "csv" -> Optional.of(CSV);
      case "json" -> Optional.of(JSON);
      case "txt", "text" -> Optional.of(TEXT);
      case "html", "htm", "xhtml" -> Optional.of(HTML);
      default -> Optional.empty();
    };
  }

  /** Returns the extension that the document has in the backend, without the dot. */
  public String sentExtension() {
    return sentExtension;
  }

  public String sentMediaType() {
    return sentMediaType;
  }

  /** Returns the extension in lower case, without the dot; empty if there is none. */
  static String extensionOf(String fileName) {
    var dot = fileName.lastIndexOf('.');
    return dot <= fileName.lastIndexOf('/')
        ? ""
        : fileName.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
