package ai.okchat.sandbox.http;

/** Handles the requests to one endpoint. Rejects them with {@link ApiError}. */
@FunctionalInterface
public interface EndpointHandler {
  Reply handle(Call call);
}
