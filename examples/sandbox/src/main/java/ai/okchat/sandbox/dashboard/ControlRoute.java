package ai.okchat.sandbox.dashboard;

import ai.okchat.sandbox.http.Reply;
import io.javalin.http.HandlerType;
import java.util.function.Function;

/** One route of the {@code /sandbox/} API. */
public record ControlRoute(
    HandlerType method, String path, Function<ControlRequest, Reply> handler) {}
