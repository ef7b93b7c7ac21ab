package ai.okchat.planning.document;

import ai.okchat.api.v1alpha1.FaqPair;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes questions and answers in the format of the backend: a JSON array of objects with exactly
 * {@code question} and {@code answer}, at most 10 MB a file (SPEC 3); more pairs make more files.
 */
public final class FaqJson {

  public static final int DOCUMENTED_LIMIT = 10_000_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final byte[] BETWEEN = ",\n".getBytes(StandardCharsets.UTF_8);

  private FaqJson() {}

  /** Returns the name of one of several files. */
  public static String name(int index, int files) {
    return files == 1 ? "faq" : "faq-" + (index + 1);
  }

  /**
   * Returns the files.
   *
   * @param fileBytes limit of one file
   */
  public static List<byte[]> files(List<FaqPair> pairs, int fileBytes) throws IOException {
    var files = new ArrayList<byte[]>();
    var file = new ByteArrayOutputStream();
    for (var pair : pairs) {
      var json =
          MAPPER.writeValueAsBytes(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("question", pair.question())
                  .put("answer", pair.answer()));
      if (file.size() > 0 && file.size() + json.length + BETWEEN.length + 1 > fileBytes) {
        files.add(closed(file));
        file.reset();
      }
      file.writeBytes(file.size() == 0 ? new byte[] {'['} : BETWEEN);
      file.writeBytes(json);
    }
    files.add(closed(file));
    return files;
  }

  private static byte[] closed(ByteArrayOutputStream file) {
    file.write(']');
    return file.toByteArray();
  }
}
