package ai.okchat.client;

import java.util.stream.Stream;
import okhttp3.RequestBody;

/** The body of a request, and its texts that an error message must not repeat. */
interface RequestContent {
  /** Returns a body that is sent once: okhttp does not repeat a request with a one-shot body. */
  RequestBody body();

  /** Returns the texts that were sent, as far as they are known. */
  Stream<String> texts();
}
