package ai.okchat.sandbox.server;

import static ai.okchat.sandbox.chatbot.AppearanceEndpoints.AVATAR_PATH;

import ai.okchat.sandbox.dashboard.ControlRequest;
import ai.okchat.sandbox.dashboard.ControlRoute;
import ai.okchat.sandbox.gateway.ErrorReplies;
import ai.okchat.sandbox.gateway.Wire;
import ai.okchat.sandbox.http.ApiError;
import ai.okchat.sandbox.http.Reply;
import ai.okchat.sandbox.store.Avatars;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;

/** Which path leads where. */
final class Routes {
  private Routes() {}

  static void add(RoutesConfig routes, Parts parts) {
    parts
        .endpoints()
        .forEach(
            (endpoint, handler) ->
                routes.addHttpHandler(
                    HandlerType.findOrCreate(endpoint.method()),
                    endpoint.path(),
                    context -> parts.gateway().serve(context, endpoint, handler)));
    parts.controls().forEach(route -> add(routes, route));
    routes.get(AVATAR_PATH + "<path>", context -> avatar(context, parts.avatars()));
    routes.addHttpHandler(HandlerType.OPTIONS, "/api/<path>", parts.gateway()::servePreflight);
    // Routes are tried in this order, so these take what is left.
    for (var method : HandlerType.commonHttp()) {
      routes.addHttpHandler(method, "/", parts.gateway()::serveUnknown);
      routes.addHttpHandler(method, "/<path>", parts.gateway()::serveUnknown);
    }
  }

  private static void add(RoutesConfig routes, ControlRoute route) {
    routes.addHttpHandler(
        route.method(),
        route.path(),
        context ->
            Wire.send(
                context,
                ErrorReplies.guard(() -> route.handler().apply(new ControlRequest(context)))));
  }

  private static void avatar(Context context, Avatars avatars) throws IOException {
    Wire.send(
        context,
        ErrorReplies.guard(
            () ->
                avatars
                    .find(context.pathParam("path"))
                    .map(image -> Reply.of(200, image.mediaType(), image.content()))
                    .orElseThrow(() -> ApiError.notFound("Avatar"))));
  }
}
