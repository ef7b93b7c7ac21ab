package ai.okchat.operator.okchat;

import java.util.stream.Stream;
import okhttp3.RequestBody;

/** What a request carries, and what of it an error message must not repeat. */
interface Content {
  /** Sent once: okhttp repeats no request whose body is one-shot. */
  RequestBody body();

  /** Texts that were sent, as far as they are known by then. */
  Stream<String> texts();
}
