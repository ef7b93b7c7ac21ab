package ai.okchat.sandbox;

import ai.okchat.sandbox.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Speaks HTTP to a sandbox as any caller would. */
final class Api {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String BOUNDARY = "----a-boundary";

  private final String url;
  private final String key;

  Api(String url, String key) {
    this.url = url;
    this.key = key;
  }

  /** Response of the sandbox. */
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    JsonNode json() {
      return Api.json(body());
    }

    JsonNode at(String pointer) {
      return json().at(pointer);
    }
  }

  /** A part of a form; without a file name it is text. */
  record Part(String name, String fileName, String content, Charset charset) {
    static Part text(String name, String value) {
      return new Part(name, "", value, StandardCharsets.UTF_8);
    }

    static Part file(String name, String fileName, String content) {
      return new Part(name, fileName, content, StandardCharsets.UTF_8);
    }
  }

  Api withKey(String other) {
    return new Api(url, other);
  }

  Answer get(String path) throws IOException {
    return send("GET", path, "");
  }

  Answer post(String path, String body) throws IOException {
    return send("POST", path, body);
  }

  Answer patch(String path, String body) throws IOException {
    return send("PATCH", path, body);
  }

  Answer put(String path, String body) throws IOException {
    return send("PUT", path, body);
  }

  Answer delete(String path) throws IOException {
    return send("DELETE", path, "");
  }

  Answer send(String method, String path, String body) throws IOException {
    var request = request(path).header("Content-Type", "application/json");
    return send(
        request.method(
            method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  Answer form(String method, String path, Part... parts) throws IOException {
    var body = new ByteArrayOutputStream();
    for (var part : parts) {
      var file = part.fileName().isEmpty() ? "" : "; filename=\"" + part.fileName() + '"';
      body.writeBytes(
          "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
              .formatted(BOUNDARY, part.name(), file)
              .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(part.content().getBytes(part.charset()));
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes("--%s--\r\n".formatted(BOUNDARY).getBytes(StandardCharsets.UTF_8));
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .method(method, BodyPublishers.ofByteArray(body.toByteArray())));
  }

  /** A form that ends in the middle of its first part. */
  Answer brokenForm(String method, String path) throws IOException {
    var part = "Content-Disposition: form-data; name=\"avatar\"; filename=\"a.png\"";
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .method(method, BodyPublishers.ofString("--" + BOUNDARY + "\r\n" + part)));
  }

  /** Creates a bot and returns its ID. */
  String createBot(String slug) throws IOException {
    var body = "{\"name\": \"Support\", \"slug\": \"%s\"}".formatted(slug);
    return post("/api/external/chatbots", body).at("/chatbot/id").asText();
  }

  Answer upload(String botId, String fileName, String content) throws IOException {
    return form(
        "POST", "/api/embedfiles?chatbotId=" + botId, Part.file("files", fileName, content));
  }

  static String bot(String id) {
    return "/api/external/chatbot/" + id;
  }

  static JsonNode json(String text) {
    try {
      return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    var target = path.startsWith("http") ? path : url + path;
    return HttpRequest.newBuilder(URI.create(target)).header("x-api-key", key);
  }

  private static Answer send(HttpRequest.Builder request) throws IOException {
    try {
      return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
