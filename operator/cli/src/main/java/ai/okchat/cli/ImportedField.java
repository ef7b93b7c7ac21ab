package ai.okchat.cli;

import ai.okchat.client.LongText;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A field that the API returns and a Chatbot can have, with the bounds of the schema: the API
 * server rejects a manifest with another value.
 *
 * @param api where the bot has it
 * @param spec where the spec has it
 * @param least of a number
 * @param most of a number, or characters of a text
 */
record ImportedField(JsonPointer api, JsonPointer spec, Type type, long least, long most) {
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_LINE = 512;
  private static final int LONGEST_DESCRIPTION = 4096;
  private static final int LONGEST_GREETING = 8192;
  private static final int LONGEST_VOICE = 64;
  private static final int LONGEST_LINK = 2048;
  private static final int LONGEST_COLOR = 7;
  private static final int MOST_PIXELS = 1000;
  private static final int MOST_MILLISECONDS = 60_000;
  private static final int MOST_TOKENS = 1_000_000;

  static final String UNSTABLE = "has a control character that a server-side apply cannot keep";

  private static final Pattern COLOR = Pattern.compile("#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})");

  /** Stricter than the schema, which parses the link, too. */
  private static final Pattern LINK =
      Pattern.compile(
          "https?://(?:[A-Za-z0-9._~\\x{a1}-\\x{10ffff}-]++|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?+"
              + "(?:[/?](?:%[0-9A-Fa-f]{2}|[^%\\s\\p{Cntrl}])*+)?+");

  /** The texts, numbers and flags that the schema distinguishes. */
  enum Type {
    TEXT,
    /** A text that is not blank. */
    WORD,
    LINK,
    COLOR,
    WHOLE_NUMBER,
    NUMBER,
    FLAG
  }

  /**
   * The value for the spec, or the reason why the spec cannot have it; neither if the bot has none.
   *
   * @param problem completes a sentence that starts with the name of the field
   */
  record Reading(@Nullable JsonNode value, String problem) {
    static final Reading ABSENT = new Reading(null, "");
  }

  static final ImportedField NAME = field("/name", "/name", Type.WORD, LONGEST_NAME);

  static final List<ImportedField> ALL =
      List.of(
          NAME,
          field("/description", "/description", Type.TEXT, LONGEST_DESCRIPTION),
          flag("/is_public", "/public"),
          field("/settings/model", "/model", Type.WORD, LONGEST_NAME),
          field("/settings/greeting", "/greeting", Type.TEXT, LONGEST_GREETING),
          flag("/settings/isRequestUserInfoEnabled", "/requestUserInfo"),
          flag("/settings/isToolEnabled", "/toolsEnabled"),
          field("/personality_config/style", "/personality/style", Type.TEXT, LONGEST_NAME),
          field("/personality_config/tone", "/personality/tone", Type.TEXT, LONGEST_NAME),
          snippet("header", Type.TEXT, LONGEST_LINE),
          snippet("logo", Type.LINK, LONGEST_LINK),
          snippet("name", Type.TEXT, LONGEST_LINE),
          snippet("primaryColor", Type.COLOR, LONGEST_COLOR),
          snippet("secondaryColor", Type.COLOR, LONGEST_COLOR),
          snippet("slogan", Type.TEXT, LONGEST_LINE),
          voice("/voice", Type.WORD, LONGEST_VOICE),
          voice("/avatar/imageUrl", Type.LINK, LONGEST_LINK),
          voice("/appearance/backgroundColor", Type.COLOR, LONGEST_COLOR),
          voice("/appearance/borderColor", Type.COLOR, LONGEST_COLOR),
          voice("/appearance/buttonColor", Type.COLOR, LONGEST_COLOR),
          voice("/appearance/buttonRadius", Type.WHOLE_NUMBER, MOST_PIXELS),
          voice("/appearance/buttonTextColor", Type.COLOR, LONGEST_COLOR),
          voice("/appearance/cardRadius", Type.WHOLE_NUMBER, MOST_PIXELS),
          voice("/appearance/focusOutlineColor", Type.COLOR, LONGEST_COLOR),
          voice("/appearance/textColor", Type.COLOR, LONGEST_COLOR),
          voice("/text/callToAction", Type.TEXT, LONGEST_NAME),
          voice("/text/endCall", Type.TEXT, LONGEST_NAME),
          voice("/text/listeningStatus", Type.TEXT, LONGEST_NAME),
          voice("/text/speakingStatus", Type.TEXT, LONGEST_NAME),
          voice("/text/startCall", Type.TEXT, LONGEST_NAME),
          new ImportedField(
              JsonPointer.compile("/voice_widget_config/model/max_output_tokens"),
              JsonPointer.compile("/voiceAgent/model/maxOutputTokens"),
              Type.WHOLE_NUMBER,
              1,
              MOST_TOKENS),
          voice("/model/temperature", Type.NUMBER, 1),
          field(
              "/voice_widget_config/vad/prefix_padding_ms",
              "/voiceAgent/vad/prefixPaddingMs",
              Type.WHOLE_NUMBER,
              MOST_MILLISECONDS),
          field(
              "/voice_widget_config/vad/silence_duration_ms",
              "/voiceAgent/vad/silenceDurationMs",
              Type.WHOLE_NUMBER,
              MOST_MILLISECONDS),
          voice("/vad/threshold", Type.NUMBER, 1));

  private static ImportedField field(String api, String spec, Type type, long most) {
    return new ImportedField(JsonPointer.compile(api), JsonPointer.compile(spec), type, 0, most);
  }

  private static ImportedField flag(String api, String spec) {
    return field(api, spec, Type.FLAG, 0);
  }

  private static ImportedField snippet(String name, Type type, int most) {
    return field("/settings/snippet/" + name, "/snippet/" + name, type, most);
  }

  private static ImportedField voice(String pointer, Type type, int most) {
    return field("/voice_widget_config" + pointer, "/voiceAgent" + pointer, type, most);
  }

  /** As manifests name it, such as {@code snippet.logo}. */
  String title() {
    return spec.toString().substring(1).replace('/', '.');
  }

  Reading read(JsonNode bot) {
    var value = bot.at(api);
    return switch (type) {
      case TEXT, WORD, LINK, COLOR -> text(value);
      case WHOLE_NUMBER, NUMBER -> number(value);
      case FLAG ->
          isAbsent(value)
              ? Reading.ABSENT
              : usable(
                  value.isBoolean(),
                  BooleanNode.valueOf(value.asBoolean()),
                  "is not true or false");
    };
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static Reading usable(boolean isUsable, JsonNode value, String problem) {
    return isUsable ? new Reading(value, "") : new Reading(null, problem);
  }

  /** An empty text that the schema rejects is the same as none. */
  private Reading text(JsonNode value) {
    if (isAbsent(value) || (type != Type.TEXT && value.asText().isEmpty() && value.isTextual())) {
      return Reading.ABSENT;
    }
    var problem = value.isTextual() ? problem(value.textValue()) : "is not a text";
    return usable(problem.isEmpty(), TextNode.valueOf(value.asText()), problem);
  }

  private String problem(String text) {
    if (isUnstable(text)) {
      return UNSTABLE;
    }
    var length = text.codePointCount(0, text.length());
    if (length > most) {
      return "has %d characters, and the limit is %d".formatted(length, most);
    }
    return switch (type) {
      case WORD -> isBlank(text) ? "is blank" : "";
      case LINK -> isLink(text) ? "" : "is not an http or https link without a user name";
      case COLOR -> COLOR.matcher(text).matches() ? "" : "is not a colour as #RGB or #RRGGBB";
      default -> "";
    };
  }

  private static boolean isLink(String text) {
    return LINK.matcher(text).matches() && HttpUrl.parse(text) != null;
  }

  /**
   * Returns whether the text changes on its way. UTF-8 has no half of a surrogate pair. kubectl
   * sends a server-side apply as JSON, which does not escape the other characters, and the API
   * server parses it as YAML, which rejects them, or reads U+0085 as the end of a line.
   */
  static boolean isUnstable(String text) {
    return text.codePoints()
        .anyMatch(
            character ->
                Character.getType(character) == Character.SURROGATE
                    || (character >= 0x7F && character <= 0x9F)
                    || character == 0xFFFE
                    || character == 0xFFFF);
  }

  static boolean isBlank(String text) {
    return LongText.normalized(text).isEmpty();
  }

  private Reading number(JsonNode value) {
    if (isAbsent(value)) {
      return Reading.ABSENT;
    }
    var number = value.doubleValue();
    if (!value.isNumber() || !(number >= least && number <= most)) {
      return new Reading(null, "is not a number from %d to %d".formatted(least, most));
    }
    return type == Type.NUMBER
        ? new Reading(DoubleNode.valueOf(number), "")
        : usable(
            number == Math.rint(number), LongNode.valueOf((long) number), "is not a whole number");
  }
}
