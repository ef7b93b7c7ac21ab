package ai.okchat.planning.document;

import ai.okchat.client.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Decides from the bytes of a file whether they are of its type, and which encoding its text has.
 * The order of trust: a byte order mark, the label of the server, the label in the page, valid
 * UTF-8, and Windows-949 without a label if the result is Korean. Every decoding is strict.
 */
public final class ContentSniffer {

  public static final String UNKNOWN_ENCODING =
      "The encoding of the text cannot be determined. Save the file as UTF-8.";

  public static final String NO_TEXT =
      "The content of the file is not text. Correct its extension, or exclude it.";

  public static final String KEPT_IN_LFS =
      "The file is kept in Git LFS, and the repository has only its pointer. Commit the file"
          + " itself, or exclude it.";

  /** Bytes in which type, pointer and label of a file are looked for. */
  private static final int HEAD_BYTES = 5 * 1024;

  /** Bytes of a pointer of Git LFS, by its specification. */
  private static final int POINTER_BYTES = 1024;

  /** Bytes before the header of a PDF, which readers of PDF accept. */
  private static final int PREAMBLE_BYTES = 1024;

  private static final List<String> POINTER_VERSIONS =
      List.of(
          "version https://git-lfs.github.com/spec/", "version https://hawser.github.com/spec/");

  private static final String PDF = "%PDF-";
  private static final String RTF = "{\\rtf";
  private static final String ZIP = "PK\u0003\u0004";
  private static final String OLE = "\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1";

  /** The folder of the text in a .docx, in the names of its ZIP entries. */
  private static final String WORD_FOLDER = "word/";

  /** The stream of the text in a .doc, in its directory in UTF-16. */
  private static final String WORD_STREAM = "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0";

  private static final int PIECE_BYTES = 8 * 1024;

  private static final Charset WINDOWS_949 = Charset.forName("x-windows-949");

  /** The decision about a file. */
  public sealed interface Finding {

    /** The bytes can be sent unchanged. */
    record Unchanged() implements Finding {}

    /**
     * The text has to be sent in UTF-8.
     *
     * @param skip bytes of a byte order mark
     */
    record Recoded(Charset charset, int skip) implements Finding {

      /** Writes the text in UTF-8, without a byte order mark. */
      public void copy(Upload.Source file, OutputStream out) throws IOException {
        try (var reader = reader(file, charset, skip);
            var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8)) {
          reader.transferTo(writer);
        }
      }
    }

    /** The file has no byte, or no character except spaces. */
    record Blank() implements Finding {}

    record Rejected(String why) implements Finding {}
  }

  private ContentSniffer() {}

  /** Reads a file of any type except HTML, and returns the decision about it. */
  public static Finding read(FileType type, Upload.Source file) throws IOException {
    var head = head(file);
    if (head.length == 0) {
      return new Finding.Blank();
    }
    if (isPointer(head)) {
      return new Finding.Rejected(KEPT_IN_LFS);
    }
    return switch (type) {
      case PDF ->
          latin(head, PREAMBLE_BYTES).contains(PDF) ? new Finding.Unchanged() : otherThan(type);
      case DOCX ->
          startsWith(head, ZIP) && contains(file, WORD_FOLDER)
              ? new Finding.Unchanged()
              : otherThan(type);
      case DOC ->
          startsWith(head, RTF) || (startsWith(head, OLE) && contains(file, WORD_STREAM))
              ? new Finding.Unchanged()
              : otherThan(type);
      case MARKDOWN, MDX, CSV, JSON, TEXT, HTML -> ofText(head, file);
    };
  }

  /**
   * Returns the encoding of a page; empty if no encoding fits all of its bytes.
   *
   * @param labels returns the encodings that labels name: of the server, and in the start of the
   *     page that it receives
   */
  public static Optional<Charset> charsetOfPage(byte[] html, Function<String, List<Charset>> labels)
      throws IOException {
    Upload.Source file = () -> new ByteArrayInputStream(html);
    var head = Arrays.copyOf(html, Math.min(html.length, HEAD_BYTES));
    var marked = Mark.of(head);
    if (marked.isPresent()) {
      return fits(file, marked.get().charset(), marked.get().length(), true)
          ? Optional.of(marked.get().charset())
          : Optional.empty();
    }
    var labelled = labels.apply(latin(head, HEAD_BYTES));
    for (var charset : inOrder(labelled)) {
      if (fits(file, charset, 0, labelled.contains(charset))) {
        return Optional.of(charset);
      }
    }
    return Optional.empty();
  }

  /** Returns why a page cannot be read before it is decoded; empty if it may be a page. */
  public static Optional<String> rejectedPage(byte[] html) {
    var head = Arrays.copyOf(html, Math.min(html.length, HEAD_BYTES));
    if (isPointer(head)) {
      return Optional.of(KEPT_IN_LFS);
    }
    return hasOtherType(head) ? Optional.of(NO_TEXT) : Optional.empty();
  }

  /** Labels of one byte for each character fit almost any bytes, so they come last. */
  private static SequencedSet<Charset> inOrder(List<Charset> labelled) {
    var order = new LinkedHashSet<Charset>();
    labelled.stream().filter(charset -> !isOneByte(charset)).forEach(order::add);
    order.add(StandardCharsets.UTF_8);
    order.add(WINDOWS_949);
    order.addAll(labelled);
    return order;
  }

  private static boolean isOneByte(Charset charset) {
    return charset.canEncode() && charset.newEncoder().maxBytesPerChar() == 1;
  }

  private static boolean fits(Upload.Source file, Charset charset, int skip, boolean isLabelled)
      throws IOException {
    return Letters.read(file, charset, skip)
        .filter(letters -> !letters.hasNul)
        .filter(letters -> isLabelled || !charset.equals(WINDOWS_949) || letters.areKorean())
        .isPresent();
  }

  private static Finding ofText(byte[] head, Upload.Source file) throws IOException {
    if (hasOtherType(head)) {
      return new Finding.Rejected(NO_TEXT);
    }
    var marked = Mark.of(head);
    if (marked.isPresent()) {
      var found = new Finding.Recoded(marked.get().charset(), marked.get().length());
      return Letters.read(file, found.charset(), found.skip())
          .map(letters -> finding(letters, found))
          .orElseGet(() -> new Finding.Rejected(UNKNOWN_ENCODING));
    }
    var utf8 = Letters.read(file, StandardCharsets.UTF_8, 0);
    return utf8.isPresent()
        ? finding(utf8.get(), new Finding.Unchanged())
        : Letters.read(file, WINDOWS_949, 0)
            .filter(Letters::areKorean)
            .map(letters -> finding(letters, new Finding.Recoded(WINDOWS_949, 0)))
            .orElseGet(() -> new Finding.Rejected(UNKNOWN_ENCODING));
  }

  private static Finding finding(Letters letters, Finding found) {
    if (letters.hasNul) {
      return new Finding.Rejected(NO_TEXT);
    }
    return letters.areBlank ? new Finding.Blank() : found;
  }

  /** Returns whether the file is of a type that is not text, whatever its name says. */
  private static boolean hasOtherType(byte[] head) {
    return Stream.of(PDF, RTF, ZIP, OLE).anyMatch(type -> startsWith(head, type));
  }

  private static Finding otherThan(FileType type) {
    return new Finding.Rejected(
        "The content is not that of a .%s file, or it is protected by a password. Correct the file or its extension."
            .formatted(type.sentExtension()));
  }

  /** Returns whether the file is a pointer of Git LFS: short lines, of which three are known. */
  private static boolean isPointer(byte[] head) {
    if (head.length > POINTER_BYTES) {
      return false;
    }
    var text = latin(head, POINTER_BYTES);
    return POINTER_VERSIONS.stream().anyMatch(text::startsWith)
        && text.contains("\noid ")
        && text.contains("\nsize ");
  }

  private static byte[] head(Upload.Source file) throws IOException {
    try (var in = file.open()) {
      return in.readNBytes(HEAD_BYTES);
    }
  }

  private static boolean startsWith(byte[] head, String text) {
    return latin(head, text.length()).equals(text);
  }

  /** Returns whether a file has these bytes, each the number of a character. */
  private static boolean contains(Upload.Source file, String text) throws IOException {
    var piece = new byte[text.length() + PIECE_BYTES];
    try (var in = file.open()) {
      var kept = 0;
      for (var read = in.readNBytes(piece, 0, PIECE_BYTES);
          read > 0;
          read = in.readNBytes(piece, kept, PIECE_BYTES)) {
        var length = kept + read;
        if (latin(piece, length).contains(text)) {
          return true;
        }
        kept = Math.min(text.length(), length);
        System.arraycopy(piece, length - kept, piece, 0, kept);
      }
      return false;
    }
  }

  /** Returns the first bytes, each as the character of its number. */
  private static String latin(byte[] head, int most) {
    return new String(head, 0, Math.min(head.length, most), StandardCharsets.ISO_8859_1);
  }

  private static Reader reader(Upload.Source file, Charset charset, int skip) throws IOException {
    var in = file.open();
    in.skipNBytes(skip);
    return reader(in, charset);
  }

  private static Reader reader(InputStream in, Charset charset) {
    return new InputStreamReader(
        in,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /** A byte order mark. */
  private record Mark(Charset charset, int length) {

    static Optional<Mark> of(byte[] head) {
      if (startsWith(head, "\u00EF\u00BB\u00BF")) {
        return Optional.of(new Mark(StandardCharsets.UTF_8, 3));
      }
      if (startsWith(head, "\u00FF\u00FE")) {
        return Optional.of(new Mark(StandardCharsets.UTF_16LE, 2));
      }
      return startsWith(head, "\u00FE\u00FF")
          ? Optional.of(new Mark(StandardCharsets.UTF_16BE, 2))
          : Optional.empty();
    }
  }

  /** Counts the letters of a decoded text. */
  private static final class Letters {

    private static final int PIECE = 8 * 1024;
    private static final char ESCAPE = '\u001B';

    /**
     * The syllables of KS X 1001, with which Korean is written. Japanese and Western text read as
     * Windows-949 gives others.
     */
    private static final BitSet COMMON = commonSyllables();

    /** Syllables that make more than half of any Korean text, and of which Chinese gives few. */
    private static final BitSet FREQUENT =
        bits(
            "이다는을의에가하고로지기사아인도한를은대자시그일어리나서정수있해스보부제과전게만것들"
                + "라상여주원장관안성면적와할니마구비동공생용으신회무경학세조오유문소연우발방중국내당진분"
                + "치본위된였었던았까네요금입습합드트모단산실영미교업민");

    /** Of ten letters beyond ASCII, so many have to be common syllables. */
    private static final int KOREAN_OF_TEN = 7;

    /** Of so many letters beyond ASCII, one has to be a frequent syllable. */
    private static final int LETTERS_FOR_A_FREQUENT_ONE = 6;

    /** Only in Windows-949 must the syllables tell whether the text is Korean. */
    private final boolean countsSyllables;

    private boolean areBlank = true;
    private boolean hasNul;

    /** Whether it is ISO-2022, whose bytes are all ASCII. */
    private boolean hasEscapes;

    private char last;
    private long foreign;
    private long korean;
    private long frequent;

    private Letters(Charset charset) {
      countsSyllables = charset.equals(WINDOWS_949);
    }

    /** Reads a text; returns empty if its bytes do not have this encoding. */
    static Optional<Letters> read(Upload.Source file, Charset charset, int skip)
        throws IOException {
      var letters = new Letters(charset);
      try (var in = file.open()) {
        in.skipNBytes(skip);
        letters.count(reader(letters.afterAscii(in, charset), charset));
        return letters.hasEscapes ? Optional.empty() : Optional.of(letters);
      } catch (CharacterCodingException e) {
        return Optional.empty();
      }
    }

    /**
     * Counts the ASCII letters at the start of a UTF-8 text, and returns the rest. A decoder needs
     * several times as long for them.
     */
    private InputStream afterAscii(InputStream in, Charset charset) throws IOException {
      if (!charset.equals(StandardCharsets.UTF_8)) {
        return in;
      }
      var piece = new byte[PIECE];
      for (var read = in.read(piece); read >= 0; read = in.read(piece)) {
        for (var i = 0; i < read; i++) {
          if (piece[i] < 0) {
            return new SequenceInputStream(new ByteArrayInputStream(piece, i, read - i), in);
          }
          count((char) piece[i]);
        }
      }
      return in;
    }

    private void count(Reader reader) throws IOException {
      var piece = new char[PIECE];
      for (var read = reader.read(piece); read >= 0; read = reader.read(piece)) {
        for (var i = 0; i < read; i++) {
          count(piece[i]);
        }
      }
    }

    /** Handles most letters itself. It is short, so that a compiler inlines it. */
    private void count(char letter) {
      if (areBlank || letter <= '$' || countsSyllables) {
        inspect(letter);
      }
      last = letter;
    }

    private void inspect(char letter) {
      hasNul |= letter == 0;
      hasEscapes |= letter == '$' && last == ESCAPE;
      areBlank = areBlank && isBlank(letter);
      if (countsSyllables && letter > 0x7F && Character.isLetter(letter)) {
        foreign++;
        korean += COMMON.get(letter) ? 1 : 0;
        frequent += FREQUENT.get(letter) ? 1 : 0;
      }
    }

    private static boolean isBlank(char letter) {
      return Character.isWhitespace(letter)
          || Character.isSpaceChar(letter)
          || Character.getType(letter) == Character.FORMAT;
    }

    /** Is false for any encoding but Windows-949, whose syllables are counted. */
    boolean areKorean() {
      return korean > 0
          && korean * 10 >= foreign * KOREAN_OF_TEN
          && frequent >= foreign / LETTERS_FOR_A_FREQUENT_ONE;
    }

    private static BitSet commonSyllables() {
      var bytes = new ByteArrayOutputStream();
      for (var lead = 0xB0; lead <= 0xC8; lead++) {
        for (var trail = 0xA1; trail <= 0xFE; trail++) {
          bytes.write(lead);
          bytes.write(trail);
        }
      }
      return bits(bytes.toString(WINDOWS_949));
    }

    private static BitSet bits(String letters) {
      return letters.chars().collect(BitSet::new, BitSet::set, BitSet::or);
    }
  }
}
