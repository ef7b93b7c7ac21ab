package ai.okchat.operator.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The body of a page. The bytes decide whether a body that the server calls compressed is so: some
 * servers set the header for a file that they send as it is. An error of the connection becomes a
 * {@link SourceException}, so that it is not mistaken for an error of the temporary folder.
 */
final class PageBody extends InputStream {

  private final Response response;
  private @Nullable InputStream content;

  PageBody(Response response) {
    this.response = response;
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    try {
      return content().read(bytes, from, length);
    } catch (IOException e) {
      throw new SourceException(
          "The connection to %s broke while the page was read (%s). The operator reads it again at the next refresh."
              .formatted(response.request().url().host(), e.getClass().getSimpleName()),
          true);
    }
  }

  private InputStream content() throws IOException {
    if (content == null) {
      var raw = response.body().byteStream();
      content = isCalledCompressed() ? decompressed(raw) : raw;
    }
    return content;
  }

  private boolean isCalledCompressed() {
    var encoding = response.header("Content-Encoding", "");
    return "gzip".equalsIgnoreCase(encoding) || "x-gzip".equalsIgnoreCase(encoding);
  }

  private static InputStream decompressed(InputStream raw) throws IOException {
    var stream = new PushbackInputStream(raw, 2);
    var start = stream.readNBytes(2);
    stream.unread(start);
    var isGzip = start.length == 2 && start[0] == (byte) 0x1f && start[1] == (byte) 0x8b;
    return isGzip ? new GZIPInputStream(stream) : stream;
  }

  @Override
  public void close() {
    response.close();
  }
}
