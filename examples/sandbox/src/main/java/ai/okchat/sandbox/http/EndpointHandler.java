package ai.okchat.sandbox.http;

/** Answers one endpoint. Refuses with {@link ApiError}. */
@FunctionalInterface
public interface EndpointHandler {
  Reply handle(Call call);
}
