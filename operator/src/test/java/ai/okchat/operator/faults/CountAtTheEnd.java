package ai.okchat.operator.faults;

import ai.okchat.api.v1alpha1.Chatbot;
import ai.okchat.operator.testing.World;
import java.util.Arrays;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Counts, after each good test that names a row and has a {@link World}, the objects and the bots
 * that are left. Registered for all tests by a service file.
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
        .filter(field -> field.getType() == World.class)
        .findFirst()
        .map(field -> count((World) value(field, test)))
        .ifPresent(it -> FaultReport.recordLeft(context.getDisplayName(), it));
  }

  private static String count(World world) {
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
