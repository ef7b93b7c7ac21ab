package ai.okchat.sandbox;

import static ai.okchat.sandbox.chatbot.AppearanceEndpoints.AVATAR_PATH;

import ai.okchat.sandbox.dashboard.ControlAccess;
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
import java.util.List;

/** Adds the routes of the API, of the controls, of the avatars and of the page. */
final class Routes {
  private Routes() {}

  static void add(
      RoutesConfig routes, Parts parts, List<ControlRoute> controls, ControlAccess access) {
    var gateway = parts.gateway();
    parts
        .endpoints()
        .forEach(
            (endpoint, handler) ->
                routes.addHttpHandler(
                    HandlerType.findOrCreate(endpoint.method()),
                    endpoint.path(),
                    context -> gateway.serve(context, endpoint, handler)));
    controls.forEach(route -> add(routes, route, access));
    var avatars = parts.stores().avatars();
    routes.get(AVATAR_PATH + "<path>", context -> avatar(context, avatars));
    Page.files().forEach((path, file) -> routes.get(path, context -> Wire.send(context, file)));
    routes.addHttpHandler(HandlerType.OPTIONS, "/api/<path>", gateway::servePreflight);
    // Routes are tried in this order, so these serve all other paths.
    for (var method : HandlerType.commonHttp()) {
      if (!method.equals(HandlerType.GET)) {
        routes.addHttpHandler(method, "/", gateway::serveUnknown);
      }
      routes.addHttpHandler(method, "/<path>", gateway::serveUnknown);
    }
  }

  private static void add(RoutesConfig routes, ControlRoute route, ControlAccess access) {
    routes.addHttpHandler(
        route.method(),
        route.path(),
        context ->
            Wire.send(
                context,
                ErrorReplies.guard(
                    () -> {
                      access.require(context.header("Host"), context.header("Origin"));
                      return route.handler().apply(new ControlRequest(context));
                    })));
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
