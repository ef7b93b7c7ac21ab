package ai.okchat.operator.knowledge;

import ai.okchat.operator.knowledge.source.ServedRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.eclipse.jgit.api.errors.GitAPIException;

/** The places that documents come from, and a KnowledgeSource that reads them there. */
final class Publishers implements AutoCloseable {

  static final String SOURCE = "docs";

  private final KnowledgeFixture knowledge;
  private final Deque<Closing> opened = new ArrayDeque<>();

  /** Kinds of places whose documents have a name each. */
  enum Kind {
    INLINE,
    CONFIG_MAP,
    WEB,
    GIT
  }

  /** Has exactly these documents there, texts by name. */
  @FunctionalInterface
  interface Publisher {
    void publish(Map<String, String> documents);
  }

  private interface Closing extends AutoCloseable {
    @Override
    void close();
  }

  Publishers(KnowledgeFixture knowledge) {
    this.knowledge = knowledge;
  }

  Publisher of(Kind kind) {
    return switch (kind) {
      case INLINE -> documents -> apply("documents: [%s]".formatted(inline(documents)));
      case CONFIG_MAP ->
          documents -> {
            knowledge.applyConfigMap("pages", files(documents));
            apply("configMap: {name: pages}");
          };
      case WEB -> web();
      case GIT -> git();
    };
  }

  private void apply(String place) {
    knowledge.apply(SOURCE, place, "refreshInterval: 1h");
  }

  private static String inline(Map<String, String> documents) {
    return documents.entrySet().stream()
        .map(document -> "{name: %s, text: %s}".formatted(document.getKey(), document.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static Map<String, String> files(Map<String, String> documents) {
    return documents.entrySet().stream()
        .collect(Collectors.toMap(document -> document.getKey() + ".md", Map.Entry::getValue));
  }

  /** A site whose sitemap names its pages. */
  private Publisher web() {
    var site = new Site(new MockWebServer());
    opened.push(site::close);
    return documents -> {
      site.serve(files(documents));
      apply("web: {sitemap: '%s'}".formatted(site.link("/sitemap.xml")));
    };
  }

  private Publisher git() {
    try {
      var folder = Files.createTempDirectory("okchat-git");
      var repository = ServedRepository.in(folder);
      opened.push(
          () -> {
            repository.close();
            remove(folder);
          });
      return documents -> {
        commit(repository, folder, files(documents));
        apply("git: {url: '%s'}".formatted(repository.url()));
      };
    } catch (IOException | GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void commit(ServedRepository repository, Path folder, Map<String, String> files) {
    try (var before = Files.newDirectoryStream(folder, "*.md")) {
      for (var file : before) {
        Files.delete(file);
      }
      for (var file : files.entrySet()) {
        repository.write(file.getKey(), file.getValue());
      }
      repository.commit();
    } catch (IOException | GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    opened.forEach(Closing::close);
  }

  /** A web site. */
  private static final class Site {

    private final MockWebServer server;
    private volatile Map<String, String> files = Map.of();

    Site(MockWebServer server) {
      this.server = server;
      server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return answer(request.getUrl().encodedPath());
            }
          });
      try {
        server.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void serve(Map<String, String> served) {
      files = Map.copyOf(served);
    }

    String link(String path) {
      return server.url(path).toString();
    }

    void close() {
      server.close();
    }

    private MockResponse answer(String path) {
      if (path.equals("/sitemap.xml")) {
        return page("application/xml", sitemap());
      }
      var text = files.get(path.substring(1));
      return text == null
          ? new MockResponse.Builder().code(404).build()
          : page("text/markdown", text);
    }

    private String sitemap() {
      var links =
          files.keySet().stream()
              .map(page -> "<url><loc>%s</loc></url>".formatted(link("/" + page)))
              .collect(Collectors.joining());
      return "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>%s</urlset>"
          .formatted(links);
    }

    private static MockResponse page(String type, String text) {
      return new MockResponse.Builder().addHeader("Content-Type", type).body(text).build();
    }
  }
}
