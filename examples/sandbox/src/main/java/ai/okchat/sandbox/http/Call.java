package ai.okchat.sandbox.http;

import ai.okchat.sandbox.store.Organization;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One authenticated request to an endpoint. Every accessor rejects invalid input by its name. */
public final class Call {
  /** Larger files are rejected with 413. */
  static final int MAX_FILE_BYTES = 32 << 20;

  private static final int DEFAULT_LIMIT = 10;
  private static final int MAX_LIMIT = 100;

  private final Context context;
  private final Organization organization;

  public Call(Context context, Organization organization) {
    this.context = context;
    this.organization = organization;
  }

  /** Returns the organization of the key. */
  public Organization organization() {
    return organization;
  }

  public String chatbotId() {
    return context.pathParam("chatbotId");
  }

  public String sessionId() {
    return context.pathParam("sessionId");
  }

  /** Returns a query value; a blank value counts as absent. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name)).filter(value -> !value.isBlank());
  }

  public String requiredQuery(String name) {
    return query(name)
        .orElseThrow(() -> ApiError.badRequest(name, "required as a query parameter"));
  }

  /** Reads {@code page} and {@code limit}; without a limit, the given size. */
  public Paging paging(int defaultLimit) {
    return new Paging(
        number("page", 1, Integer.MAX_VALUE).orElse(1),
        number("limit", 1, MAX_LIMIT).orElse(defaultLimit));
  }

  public Paging paging() {
    return paging(DEFAULT_LIMIT);
  }

  /** Reads the body and checks its shape. */
  public ObjectNode body(Shape shape) {
    var body = JsonBody.of(context.bodyAsBytes());
    shape.check("", body);
    return body;
  }

  /** Returns a text part of a form; a blank part counts as absent. */
  public Optional<String> form(String name) {
    requireMultipart();
    return Optional.ofNullable(context.formParam(name)).filter(value -> !value.isBlank());
  }

  /** Returns all file parts of that name, at least one. */
  public List<FilePart> files(String name) {
    requireMultipart();
    var files = context.uploadedFiles(name).stream().map(part -> read(name, part)).toList();
    if (files.isEmpty()) {
      throw ApiError.badRequest(name, "required as a file part of the form");
    }
    return files;
  }

  public FilePart file(String name) {
    var files = files(name);
    if (files.size() > 1) {
      throw ApiError.badRequest(name, "only one file is taken");
    }
    return files.getFirst();
  }

  /** Returns the URL that the client used for this process, for links to files that it serves. */
  public String baseUrl() {
    return context.scheme() + "://" + context.host();
  }

  private void requireMultipart() {
    if (!context.isMultipartFormData()) {
      throw ApiError.badRequest("Content-Type", "must be multipart/form-data");
    }
    try {
      context.uploadedFileMap();
    } catch (Exception e) { // Kotlin does not declare what it throws.
      throw ApiError.brokenForm();
    }
  }

  private Optional<Integer> number(String name, int min, int max) {
    return query(name)
        .map(
            text -> {
              try {
                var number = Integer.parseInt(text);
                if (number >= min && number <= max) {
                  return number;
                }
              } catch (NumberFormatException e) {
                // The error below has the expected range.
              }
              throw ApiError.badRequest(name, "must be a number from " + min + " to " + max);
            });
  }

  private static FilePart read(String name, UploadedFile part) {
    if (part.filename().isBlank()) {
      throw ApiError.badRequest(name, "the part needs a file name");
    }
    if (part.size() == 0) {
      throw ApiError.badRequest(name, "the file is empty");
    }
    if (part.size() > MAX_FILE_BYTES) {
      throw ApiError.of(413, name + ": larger than " + MAX_FILE_BYTES + " bytes");
    }
    try (var content = part.content()) {
      return new FilePart(part.filename(), content.readAllBytes());
    } catch (IOException e) {
      throw ApiError.badRequest(name, "could not be read to its end");
    }
  }
}
