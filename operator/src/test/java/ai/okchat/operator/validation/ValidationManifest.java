package ai.okchat.operator.validation;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One file below {@code src/test/resources/validation}. The folder is the kind's singular name. The
 * leading comments {@code # expect: field: part of the message} name each reason for which the API
 * server has to refuse it; a file without any has to be taken. Of two documents the first is there
 * before, with its status, and the second, which replaces it, is the one that is judged.
 */
record ValidationManifest(
    Path file, List<Rejection> expected, List<GenericKubernetesResource> documents) {
  private static final Path ROOT = Path.of("src/test/resources/validation");
  private static final String EXPECT = "# expect: ";

  /** All files, in the order of their names. */
  static List<ValidationManifest> all() {
    try (var files = Files.walk(ROOT)) {
      return files.filter(Files::isRegularFile).sorted().map(ValidationManifest::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<ValidationManifest> valid() {
    return all().stream().filter(manifest -> manifest.fileName().startsWith("valid-"));
  }

  static Stream<ValidationManifest> invalid() {
    return all().stream().filter(manifest -> manifest.fileName().startsWith("invalid-"));
  }

  static List<GenericKubernetesResource> documentsOf(Path file) {
    try {
      return Arrays.stream(Files.readString(file).split("(?m)^---$"))
          .map(text -> Serialization.unmarshal(text, GenericKubernetesResource.class))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ValidationManifest read(Path file) {
    try (var lines = Files.lines(file)) {
      var expected =
          lines
              .takeWhile(line -> line.startsWith(EXPECT))
              .map(line -> Rejection.parse(line.substring(EXPECT.length())))
              .toList();
      return new ValidationManifest(file, expected, documentsOf(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String fileName() {
    return file.getFileName().toString();
  }

  /** The kind's singular name. */
  String kind() {
    return ROOT.relativize(file).getName(0).toString();
  }

  /** Returns the objects that exist before, if any. */
  List<GenericKubernetesResource> before() {
    return documents.subList(0, documents.size() - 1);
  }

  GenericKubernetesResource judged() {
    return documents.getLast();
  }

  @Override
  public String toString() {
    return kind() + "/" + fileName();
  }
}
