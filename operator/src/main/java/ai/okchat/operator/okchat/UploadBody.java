package ai.okchat.operator.okchat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * Copies an upload to the connection as it is read. The beginning is kept for as long as the call,
 * so that an error answer that quotes it can be redacted.
 */
final class UploadBody extends RequestBody {
  private static final int CHUNK = 8 * 1024;
  private static final int REMEMBERED = 64 * 1024;

  private final Upload upload;
  private final MediaType type;
  private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();

  UploadBody(Upload upload) {
    this.upload = upload;
    this.type = MediaType.get(upload.mediaType());
  }

  /** Up to 64 KiB of what was sent so far. */
  String beginning() {
    return beginning.toString(StandardCharsets.UTF_8);
  }

  @Override
  public MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return upload.length();
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    try (var source = open()) {
      var chunk = new byte[CHUNK];
      var sent = 0L;
      for (var read = read(source, chunk); read >= 0; read = read(source, chunk)) {
        sent += read;
        requireLength(upload.length() < 0 || sent <= upload.length());
        remember(chunk, read);
        sink.write(chunk, 0, read);
      }
      requireLength(upload.length() < 0 || sent == upload.length());
    }
  }

  private InputStream open() throws UnreadableUploadException {
    try {
      return upload.source().open();
    } catch (IOException e) {
      throw unreadable("could not be opened");
    }
  }

  private int read(InputStream source, byte[] chunk) throws UnreadableUploadException {
    try {
      return source.read(chunk);
    } catch (IOException e) {
      throw unreadable("could not be read to its end");
    }
  }

  private void requireLength(boolean holds) throws UnreadableUploadException {
    if (!holds) {
      throw unreadable("is not " + upload.length() + " bytes long, as was announced");
    }
  }

  private UnreadableUploadException unreadable(String words) {
    return new UnreadableUploadException("the file \"" + upload.name() + "\" " + words);
  }

  private void remember(byte[] chunk, int read) {
    beginning.write(chunk, 0, Math.min(read, REMEMBERED - Math.min(REMEMBERED, beginning.size())));
  }
}
