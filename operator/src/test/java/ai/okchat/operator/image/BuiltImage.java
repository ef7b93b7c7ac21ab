package ai.okchat.operator.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An image in OCI layout, as {@code mvn verify} leaves it in {@code target/image.tar}. */
record BuiltImage(Map<String, byte[]> blobs) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A file of a layer. */
  static final class LayerFile {
    private final TarArchiveEntry entry;
    private final byte[] content;

    private LayerFile(TarArchiveEntry entry, byte[] content) {
      this.entry = entry;
      this.content = content;
    }

    TarArchiveEntry entry() {
      return entry;
    }

    String name() {
      return entry.getName();
    }

    byte[] content() {
      return content.clone();
    }
  }

  static BuiltImage of(Path tar) throws IOException {
    var blobs = new TreeMap<String, byte[]>();
    for (var file : files(Files.readAllBytes(tar))) {
      blobs.put(file.name(), file.content());
    }
    return new BuiltImage(blobs);
  }

  /** Such as {@code ghcr.io/okchat/okchat-operator:1.2.3}. */
  String reference() throws IOException {
    return manifestEntry().at("/annotations/org.opencontainers.image.ref.name").asText();
  }

  JsonNode config() throws IOException {
    return blob(manifest().at("/config/digest").asText());
  }

  /** From the base up. */
  List<List<LayerFile>> layers() throws IOException {
    var layers = new ArrayList<List<LayerFile>>();
    for (var layer : manifest().get("layers")) {
      var bytes = bytes(layer.get("digest").asText());
      try (var in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        layers.add(files(in.readAllBytes()));
      }
    }
    return layers;
  }

  private JsonNode manifestEntry() throws IOException {
    return JSON.readTree(blobs.get("index.json")).get("manifests").get(0);
  }

  private JsonNode manifest() throws IOException {
    return blob(manifestEntry().get("digest").asText());
  }

  private JsonNode blob(String digest) throws IOException {
    return JSON.readTree(bytes(digest));
  }

  private byte[] bytes(String digest) {
    var bytes = blobs.get("blobs/" + digest.replace(':', '/'));
    if (bytes == null) {
      throw new IllegalStateException("the image has no blob " + digest);
    }
    return bytes;
  }

  private static List<LayerFile> files(byte[] tar) throws IOException {
    var files = new ArrayList<LayerFile>();
    try (var in = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.isFile()) {
          files.add(new LayerFile(entry, in.readAllBytes()));
        }
      }
    }
    return files;
  }
}
