package ai.okchat.client;

import java.io.IOException;
import java.io.InputStream;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** Copies an upload to the connection while it is read; nothing of it is stored. */
final class UploadBody extends RequestBody {
  private static final int CHUNK = 8 * 1024;

  private final Upload upload;
  private final MediaType type;

  UploadBody(Upload upload) {
    this.upload = upload;
    this.type = MediaType.get(upload.mediaType());
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

  private void requireLength(boolean isCorrect) throws UnreadableUploadException {
    if (!isCorrect) {
      throw unreadable("is not " + upload.length() + " bytes long, as was announced");
    }
  }

  private UnreadableUploadException unreadable(String problem) {
    return new UnreadableUploadException("the file \"" + upload.name() + "\" " + problem);
  }
}
