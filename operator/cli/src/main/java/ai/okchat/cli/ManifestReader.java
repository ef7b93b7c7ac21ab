package ai.okchat.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the objects that matter for a bot from manifests: files, folders with all folders in them,
 * or standard input. Each failure names the file and the number of the document in it.
 */
final class ManifestReader {
  static final String STANDARD_INPUT = "-";

  private static final int MOST_FILES = 2_000;
  private static final int MOST_OBJECTS = 10_000;
  private static final int LONGEST = 32 * 1024 * 1024;
  private static final int DEEPEST = 16;

  /** Values of all manifests, with a copy for each reference to one. */
  private static final int MOST_VALUES = 1_000_000;

  private static final int DEEPEST_VALUE = 100;

  private static final String NOT_A_NAME =
      "has other characters than lower-case letters, digits, hyphens and dots";

  private static final List<ResourceType> TYPES =
      List.of(Kind.CHATBOT.type(), Kind.KNOWLEDGE_SOURCE.type(), ResourceType.CONFIG_MAP);

  private final InputStream in;
  private final List<Manifest> found = new ArrayList<>();
  private long bytes;
  private long values;

  private ManifestReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads all manifests.
   *
   * @param names files, folders, or {@link #STANDARD_INPUT}
   */
  static List<Manifest> read(List<String> names, InputStream in) {
    var reader = new ManifestReader(in);
    names.forEach(reader::readSource);
    return List.copyOf(reader.found);
  }

  private void readSource(String name) {
    try {
      if (name.equals(STANDARD_INPUT)) {
        parse("standard input", bounded("standard input", in), false);
      } else if (Files.isDirectory(Path.of(name))) {
        for (var file : filesIn(Path.of(name))) {
          readFile(file);
        }
      } else {
        readFile(Path.of(name));
      }
    } catch (UncheckedIOException e) {
      throw unreadable(name, e.getCause());
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** Names the file or the folder in the source, if the failure does. */
  private static PluginException unreadable(String source, @Nullable Throwable failure) {
    var place =
        failure instanceof FileSystemException known && known.getFile() != null
            ? known.getFile()
            : source;
    return PluginException.unknown(
        "%s cannot be read. Name a file, a folder or - with -f."
            .formatted(VisibleText.bounded(place, 200)));
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (var files = Files.walk(folder, DEEPEST)) {
      var all =
          files
              .filter(file -> isManifest(file.toString()) && Files.isRegularFile(file))
              .sorted()
              .limit(MOST_FILES + 1L)
              .toList();
      if (all.size() > MOST_FILES) {
        throw tooMuch("The folder has more than %d manifests".formatted(MOST_FILES));
      }
      return all;
    }
  }

  private static boolean isManifest(String file) {
    return Stream.of(".yaml", ".yml", ".json").anyMatch(file::endsWith);
  }

  private void readFile(Path file) throws IOException {
    try (var stream = Files.newInputStream(file)) {
      parse(file.toString(), bounded(file.toString(), stream), file.toString().endsWith(".json"));
    }
  }

  private byte[] bounded(String name, InputStream stream) throws IOException {
    var content = stream.readNBytes(LONGEST + 1);
    bytes += content.length;
    if (bytes > LONGEST) {
      throw tooMuch("The manifests up to %s have more than 32 MiB".formatted(name));
    }
    return content;
  }

  private void parse(String file, byte[] content, boolean isJson) throws IOException {
    if (isJson) {
      parseJson(new Place(file, 1), content);
    } else {
      parseYaml(file, new String(content, StandardCharsets.UTF_8));
    }
  }

  private void parseJson(Place place, byte[] content) throws IOException {
    try (var parser = JsonText.MAPPER.createParser(content)) {
      var size = new ManifestSize(MOST_VALUES - values, DEEPEST_VALUE);
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        size.add(token);
      }
      values += size.values();
      add(place, JsonText.MAPPER.readTree(content));
    } catch (StreamConstraintsException | ManifestSize.ExceededException e) {
      throw place.tooLarge();
    } catch (JsonProcessingException e) {
      throw place.broken("it is not JSON, line " + e.getLocation().getLineNr());
    }
  }

  private void parseYaml(String file, String content) {
    var settings =
        LoadSettings.builder()
            .setCodePointLimit(LONGEST)
            .setMaxAliasesForCollections(Integer.MAX_VALUE)
            .setSchema(new ManifestScalars())
            .build();
    var document = 1;
    try {
      // The size is known before the first value is built.
      var size = new ManifestSize(MOST_VALUES - values, DEEPEST_VALUE);
      for (var event : new Parse(settings).parseString(content)) {
        if (event instanceof ScalarEvent scalar && isMergeKey(scalar)) {
          throw new Place(file, document)
              .broken("it has the key <<. Write the fields of the other map in its place");
        }
        size.add(event);
        document += event.getEventId() == Event.ID.DocumentEnd ? 1 : 0;
      }
      values += size.values();
      document = 1;
      for (var tree : new Load(settings).loadAllFromString(content)) {
        add(new Place(file, document), JsonText.MAPPER.valueToTree(tree));
        document++;
      }
    } catch (ManifestSize.ExceededException e) {
      throw new Place(file, document).tooLarge();
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
      throw new Place(file, document).broken("it is not YAML" + line);
    } catch (YamlEngineException | IllegalArgumentException e) {
      throw new Place(file, document).broken("it is not YAML");
    }
  }

  private static boolean isMergeKey(ScalarEvent scalar) {
    return scalar.isPlain() && scalar.getValue().equals("<<");
  }

  private void add(Place place, JsonNode tree) {
    if (tree.isNull() || tree.isMissingNode()) {
      return; // A document of comments only.
    }
    if (!tree.isObject()) {
      throw place.broken("it is not an object");
    }
    if (tree.path("kind").asText().equals("List")) {
      tree.path("items").forEach(item -> add(place, item));
      return;
    }
    typeOf(tree).ifPresent(type -> add(place, new KubeObject(type, tree)));
  }

  private void add(Place place, KubeObject object) {
    if (object.name().isEmpty()) {
      throw place.broken("metadata.name is missing");
    }
    if (!ObjectName.isValid(object.name())) {
      throw place.broken("metadata.name " + NOT_A_NAME);
    }
    if (!object.namespace().isEmpty() && !ObjectName.isValid(object.namespace())) {
      throw place.broken("metadata.namespace " + NOT_A_NAME);
    }
    if (found.size() == MOST_OBJECTS) {
      throw tooMuch("The manifests have more than %d objects".formatted(MOST_OBJECTS));
    }
    found.add(new Manifest(place.toString(), object));
  }

  private static Optional<ResourceType> typeOf(JsonNode tree) {
    var apiVersion = tree.path("apiVersion").asText();
    var kind = tree.path("kind").asText();
    return TYPES.stream()
        .filter(type -> type.kind().equals(kind) && apiVersion(type).equals(apiVersion))
        .findFirst();
  }

  private static String apiVersion(ResourceType type) {
    return type.group().isEmpty() ? type.version() : type.group() + "/" + type.version();
  }

  private static PluginException tooMuch(String what) {
    return PluginException.unknown(what + ", which is the limit. Name fewer files with -f.");
  }

  /** A document of a file. */
  private record Place(String file, int document) {

    PluginException broken(String why) {
      return PluginException.unknown(
          "The manifest %s cannot be used: %s. Correct it.".formatted(this, why));
    }

    PluginException tooLarge() {
      return broken(
          "with the manifests before it, it has more than %d values, or it is nested deeper than %d levels"
              .formatted(MOST_VALUES, DEEPEST_VALUE));
    }

    @Override
    public String toString() {
      return "%s, document %d".formatted(VisibleText.bounded(file, 200), document);
    }
  }
}
