package ai.okchat.operator.faults;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.testing.OperatorFixture;
import java.util.Arrays;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Counts, after each good test that names a row and has a {@link OperatorFixture}, the objects and
 * the bots that are left. Registered for all tests by a service file.
 */
public final class CountAtTheEnd implements AfterTestExecutionCallback {

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()
        || FaultReport.Subject.named(context.getDisplayName()).findAny().isEmpty()) {
      return;
    }
    var test = context.getRequiredTestInstance();
    Arrays.stream(test.getClass().getDeclaredFields())
        .filter(field -> field.getType() == OperatorFixture.class)
        .findFirst()
        .map(field -> count((OperatorFixture) value(field, test)))
        .ifPresent(counted -> FaultReport.recordLeft(context.getDisplayName(), counted));
  }

  private static String count(OperatorFixture world) {
    var objects =
        world
            .kubernetes()
            .resources(Chatbot.class)
            .inNamespace(world.namespace())
            .list()
            .getItems();
    return "Chatbots %d, bots %d".formatted(objects.size(), world.backend().bots().size());
  }

  private static Object value(java.lang.reflect.Field field, Object test) {
    try {
      field.setAccessible(true);
      return field.get(test);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
