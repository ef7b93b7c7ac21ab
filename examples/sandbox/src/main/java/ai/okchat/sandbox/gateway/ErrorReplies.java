package ai.okchat.sandbox.gateway;

import static java.lang.System.Logger.Level.ERROR;

import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.json.Json;
import io.javalin.http.HttpResponseException;

/** The only place that converts exceptions to responses. */
public final class ErrorReplies {
  private static final System.Logger LOG = System.getLogger(ErrorReplies.class.getName());

  private ErrorReplies() {}

  /** Returns a reply, or throws {@link ApiError}. */
  @FunctionalInterface
  public interface Source {
    Reply reply();
  }

  public static Reply guard(Source source) {
    try {
      return source.reply();
    } catch (ApiError e) {
      return of(e);
    } catch (HttpResponseException e) {
      return error(e.getStatus(), "The request could not be read");
    } catch (Exception e) { // Kotlin does not declare what it throws.
      LOG.log(ERROR, "A call failed", e);
      return error(500, "Internal server error");
    }
  }

  public static Reply of(ApiError error) {
    return error(error.status(), error.message()).withHeaders(error.headers());
  }

  private static Reply error(int status, String message) {
    return Reply.json(status, Json.object().put("error", message));
  }
}
