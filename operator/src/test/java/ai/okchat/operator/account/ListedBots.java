package ai.okchat.operator.account;

import ai.okchat.client.Bot;
import ai.okchat.client.FailureKind;
import ai.okchat.client.OkChatException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A backend that returns the list of the test, and counts the requests. */
public final class ListedBots implements Function<UnaryOperator<Bot>, List<Bot>> {
  static final String ORGANIZATION = "org-1";

  private final AtomicInteger asked = new AtomicInteger();
  private volatile List<Bot> answer = List.of();
  private volatile @Nullable OkChatException failure;
  private volatile boolean defective;
  private volatile Runnable meanwhile = () -> {};

  void answers(Bot... bots) {
    answer = List.of(bots);
    failure = null;
  }

  void fails(FailureKind kind) {
    failure = failure(kind);
  }

  /** The next lists meet a defect of the operator, or none any more. */
  void isDefective(boolean now) {
    defective = now;
  }

  /** Done after the backend made up its list, and before the list arrives. */
  void meanwhile(Runnable action) {
    meanwhile = action;
  }

  int asked() {
    return asked.get();
  }

  @Override
  public List<Bot> apply(UnaryOperator<Bot> kept) {
    asked.incrementAndGet();
    var answered = answer;
    var failed = failure;
    meanwhile.run();
    if (failed != null) {
      throw failed;
    }
    if (defective) {
      throw new IllegalStateException("A defect of ours");
    }
    return answered.stream().map(kept).toList();
  }

  static OkChatException failure(FailureKind kind) {
    return OkChatException.failure(kind, "list chatbots", "backend").build();
  }

  /** A bot whose slug is its id with "-slug" behind it. */
  public static Bot bot(String id) {
    return bot(id, "first");
  }

  public static Bot bot(String id, String name) {
    var slug = id + "-slug";
    var fields =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("slug", slug)
            .put("name", name)
            .put("organization_id", ORGANIZATION);
    return new Bot(id, slug, ORGANIZATION, fields);
  }
}
