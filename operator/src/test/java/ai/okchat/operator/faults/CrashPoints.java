package ai.okchat.operator.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;

/**
 * Lets the operator die at one call about one Chatbot: that call fails, before or after it took
 * effect, and so does each later one about it, as if the process had ended there. Each Chatbot has
 * a point of its own, so that one operator serves to try them all; what is in its memory is dropped
 * with it.
 */
final class CrashPoints implements Interceptor {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OBJECT = Pattern.compile("/chatbots/([^/]+)(?:/status)?$");
  private static final Pattern BOT = Pattern.compile("/api/external/chatbot/([^/]+)");

  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final Map<String, String> nameById = new ConcurrentHashMap<>();
  private volatile boolean deadly;

  /** Call at which the operator of one Chatbot ends. */
  record Point(boolean before, int call) {

    private static final Pattern NAME = Pattern.compile("(before|after)-(\\d+)");

    /** The Chatbot is named after its point. */
    String name() {
      return (before ? "before-" : "after-") + call;
    }

    static Optional<Point> named(String name) {
      var matcher = NAME.matcher(name);
      return matcher.matches()
          ? Optional.of(
              new Point(matcher.group(1).equals("before"), Integer.parseInt(matcher.group(2))))
          : Optional.empty();
    }
  }

  boolean died(Point point) {
    var made = calls.get(point.name());
    return made != null && made.get() >= point.call();
  }

  /** For the next operator: it makes its first call, and dies of one or of none. */
  void startAnew(boolean nowDeadly) {
    calls.clear();
    deadly = nowDeadly;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    var request = chain.request();
    var name = nameOf(request);
    var point = name.flatMap(Point::named);
    if (name.isEmpty() || point.isEmpty() || !deadly) {
      return learned(name.orElse(""), request, chain.proceed(request));
    }
    var call = calls.computeIfAbsent(name.get(), _ -> new AtomicInteger()).incrementAndGet();
    if (call > point.get().call() || (call == point.get().call() && point.get().before())) {
      throw new IOException("the process is dead");
    }
    var response = learned(name.get(), request, chain.proceed(request));
    if (call == point.get().call()) {
      response.close();
      throw new IOException("the process died");
    }
    return response;
  }

  private Optional<String> nameOf(Request request) throws IOException {
    var path = request.url().encodedPath();
    var object = OBJECT.matcher(path);
    if (path.startsWith("/apis/") && object.find()) {
      return Optional.of(object.group(1));
    }
    if (isCreate(request)) {
      return Optional.of(JSON.readTree(body(request)).path("name").asText());
    }
    var bot = BOT.matcher(path);
    var id = bot.find() ? bot.group(1) : request.url().queryParameter("id");
    return Optional.ofNullable(id).map(nameById::get);
  }

  private Response learned(String name, Request request, Response response) throws IOException {
    if (isCreate(request) && response.isSuccessful()) {
      var answer = JSON.readTree(response.peekBody(1 << 20).string());
      nameById.put(answer.path("chatbot").path("id").asText(), name);
    }
    return response;
  }

  private static boolean isCreate(Request request) {
    return request.method().equals("POST")
        && request.url().encodedPath().endsWith("/api/external/chatbots");
  }

  private static String body(Request request) throws IOException {
    var buffer = new Buffer();
    var body = request.body();
    if (body != null) {
      body.writeTo(buffer);
    }
    return buffer.readUtf8();
  }
}
