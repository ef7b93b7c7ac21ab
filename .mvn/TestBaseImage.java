import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes a small image that looks like the base of a Java image, as a file: so that the images of
 * this project can be built and tested where no registry can be reached. What is started from it
 * would do nothing.
 */
void main(String[] args) throws Exception {
  var file = Path.of(args[0]);
  Files.createDirectories(file.toAbsolutePath().getParent());
  var layer =
      tar(
          Map.of(
              JAVA_HOME.substring(1) + "/release",
              "IMPLEMENTOR=\"a test\"\n".getBytes(StandardCharsets.UTF_8)));
  var image = new LinkedHashMap<String, byte[]>();
  image.put("config.json", config(layer).getBytes(StandardCharsets.UTF_8));
  image.put("layer.tar", layer);
  image.put(
      "manifest.json",
      "[{\"Config\":\"config.json\",\"RepoTags\":[\"test-base:25\"],\"Layers\":[\"layer.tar\"]}]"
          .getBytes(StandardCharsets.UTF_8));
  Files.write(file, tar(image));
}

private static final String JAVA_HOME = "/opt/java/openjdk";
private static final int BLOCK = 512;

/** As eclipse-temurin's, which runs as root. */
private static String config(byte[] layer) throws Exception {
  var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(layer));
  return """
  {
    "architecture": "amd64", "os": "linux", "created": "1970-01-01T00:00:00Z",
    "config": {
      "Env": [
        "PATH=%1$s/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "JAVA_HOME=%1$s", "LANG=en_US.UTF-8"
      ],
      "Entrypoint": ["/__cacert_entrypoint.sh"], "Cmd": ["jshell"],
      "Labels": {"org.opencontainers.image.title": "the base"}
    },
    "rootfs": {"type": "layers", "diff_ids": ["sha256:%2$s"]},
    "history": [{"created": "1970-01-01T00:00:00Z", "created_by": "a test"}]
  }
  """
      .formatted(JAVA_HOME, digest);
}

private static byte[] tar(Map<String, byte[]> files) throws IOException {
  var out = new ByteArrayOutputStream();
  for (var file : files.entrySet()) {
    out.write(header(file.getKey(), file.getValue().length));
    out.write(file.getValue());
    pad(out, file.getValue().length);
  }
  out.write(new byte[2 * BLOCK]);
  return out.toByteArray();
}

private static void pad(OutputStream out, int length) throws IOException {
  out.write(new byte[(BLOCK - length % BLOCK) % BLOCK]);
}

private static byte[] header(String name, int size) {
  var header = new byte[BLOCK];
  put(header, 0, name);
  put(header, 100, "0000644");
  put(header, 108, "0000000");
  put(header, 116, "0000000");
  put(header, 124, "%011o".formatted(size));
  put(header, 136, "00000000000");
  put(header, 148, "        ");
  put(header, 156, "0");
  put(header, 257, "ustar\00000");
  var sum = 0;
  for (var each : header) {
    sum += each;
  }
  put(header, 148, "%06o\0 ".formatted(sum));
  return header;
}

private static void put(byte[] header, int at, String text) {
  var bytes = text.getBytes(StandardCharsets.US_ASCII);
  System.arraycopy(bytes, 0, header, at, bytes.length);
}
