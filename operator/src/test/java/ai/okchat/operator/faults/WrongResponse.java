package ai.okchat.operator.faults;

import ai.okchat.operator.testing.Backend;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Wrong responses of a backend. */
enum WrongResponse {
  UNAUTHORIZED("status", Map.of("status", 401)),
  FORBIDDEN("status", Map.of("status", 403)),
  NOT_FOUND_PAGE("html", Map.of("status", 404)),
  TOO_MANY("status", Map.of("status", 429, "headers", Map.of("Retry-After", "1"))),
  SERVER_ERROR("status", Map.of("status", 500)),
  UNAVAILABLE("status", Map.of("status", 503)),
  PAGE("html", Map.of("status", 200)),
  GARBAGE("garbage", Map.of()),
  TRUNCATED("truncate", Map.of()),
  EMPTY_LIST("empty-list", Map.of()),
  CUT_BEFORE("cut-before", Map.of()),
  CUT_AFTER("cut-after", Map.of()),
  NOTHING("delay", Map.of("delayMillis", 1_600));

  private final String kind;

  @SuppressWarnings("ImmutableEnumChecker") // filled by Map.of only
  private final Map<String, Object> more;

  WrongResponse(String kind, Map<String, Object> more) {
    this.kind = kind;
    this.more = more;
  }

  /** Returns whether this endpoint can give this response. */
  boolean fits(String endpoint) {
    return this != EMPTY_LIST || endpoint.equals("list-chatbots");
  }

  /** The next calls of this endpoint are answered so; {@code *} means all endpoints. */
  void inject(Backend backend, String endpoint, int times) {
    var fault = new TreeMap<>(more);
    fault.put("times", times);
    backend.fault(this == EMPTY_LIST ? "list-chatbots" : endpoint, kind, fault);
  }

  /** Returns the name as a part of a Kubernetes name. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
