package ai.okchat.operator.fetch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** A pack, written object by object, as a hostile server can send it. */
final class BuiltPack {

  private static final int OFFSET_DELTA = 6;
  private static final int NAMED_DELTA = 7;
  private static final int HEADER_LENGTH = 12;

  /** An object of a pack. */
  static final class Entry {

    private final int position;
    private final int type;
    private final byte[] content;

    private Entry(int position, int type, byte[] content) {
      this.position = position;
      this.type = type;
      this.content = content;
    }

    byte[] content() {
      return content.clone();
    }

    ObjectId id() {
      try (var ids = new ObjectInserter.Formatter()) {
        return ids.idFor(type, content);
      }
    }
  }

  private final ByteArrayOutputStream objects = new ByteArrayOutputStream();
  private int count;

  /** Adds a complete object. */
  Entry add(int type, byte[] content) throws IOException {
    var position = begin(type, content.length);
    deflate(content);
    return new Entry(position, type, content);
  }

  /** Adds a delta that replaces the first byte of its base. */
  Entry addDelta(Entry base, int first, boolean byName) throws IOException {
    var delta = new ByteArrayOutputStream();
    var length = base.content.length;
    writeLength(delta, length);
    writeLength(delta, length);
    delta.write(1); // One byte follows.
    delta.write(first);
    delta.write(0xf1); // Copy from an offset of one byte as many bytes as the next three say.
    delta.write(1);
    delta.write(length - 1);
    delta.write((length - 1) >> 8);
    delta.write((length - 1) >> 16);
    var position = begin(byName ? NAMED_DELTA : OFFSET_DELTA, delta.size());
    if (byName) {
      base.id().copyRawTo(objects);
    } else {
      writeDistance(position - base.position);
    }
    deflate(delta.toByteArray());
    var content = base.content.clone();
    content[0] = (byte) first;
    return new Entry(position, base.type, content);
  }

  byte[] bytes() {
    var pack =
        ByteBuffer.allocate(HEADER_LENGTH + objects.size() + Constants.OBJECT_ID_LENGTH)
            .put("PACK".getBytes(ISO_8859_1))
            .putInt(2)
            .putInt(count)
            .put(objects.toByteArray());
    var digest = Constants.newMessageDigest();
    digest.update(pack.array(), 0, pack.position());
    return pack.put(digest.digest()).array();
  }

  private int begin(int type, long length) {
    count++;
    var position = HEADER_LENGTH + objects.size();
    var left = length >> 4;
    objects.write((int) ((left > 0 ? 0x80 : 0) | type << 4 | (length & 0xf)));
    if (left > 0) {
      writeLength(objects, left);
    }
    return position;
  }

  private static void writeLength(ByteArrayOutputStream out, long length) {
    var left = length;
    for (; left >= 0x80; left >>= 7) {
      out.write((int) (0x80 | (left & 0x7f)));
    }
    out.write((int) left);
  }

  private void writeDistance(int distance) {
    var bytes = new byte[8];
    var at = bytes.length - 1;
    bytes[at] = (byte) (distance & 0x7f);
    for (var left = distance >> 7; left > 0; left = (left - 1) >> 7) {
      at--;
      bytes[at] = (byte) (0x80 | ((left - 1) & 0x7f));
    }
    objects.write(bytes, at, bytes.length - at);
  }

  private void deflate(byte[] content) throws IOException {
    var out = new DeflaterOutputStream(objects);
    out.write(content);
    out.finish();
  }
}
