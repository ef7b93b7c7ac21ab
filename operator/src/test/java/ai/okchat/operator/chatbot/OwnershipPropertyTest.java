package ai.okchat.operator.chatbot;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/**
 * Whatever happens in whatever order, the operator uses no bot of someone else, makes at most one
 * bot for a Chatbot, and leaves nothing behind without a receipt (design.md 5.2, 5.3 and 7).
 *
 * <p>The build runs the same sequences each time, so that a red build is about the change. More
 * sequences: {@code -Downership.sequences=10000}; other ones: {@code -Downership.seed=...}.
 */
class OwnershipPropertyTest {

  /** About a minute and a half on two cores. */
  private static final int SEQUENCES = 150;

  private static final String SEED = "17";
  private static final int STEPS = 25;

  @Property(shrinking = ShrinkingMode.FULL)
  @AddLifecycleHook(Run.class)
  void everyBotIsUsedByItsOwnerOnly(@ForAll("sequences") ActionChain<OwnershipModel> sequence) {
    try {
      sequence.withInvariant("rules of ownership", OwnershipModel::settle).run().checkEnd();
    } finally {
      sequence.finalState().ifPresent(OwnershipModel::close);
    }
  }

  @Provide
  static Arbitrary<ActionChain<OwnershipModel>> sequences() {
    return ActionChain.<OwnershipModel>startWith(OwnershipModel::new)
        .withAction(new AnyStep())
        .withMaxTransformations(STEPS);
  }

  /** Any step; its text is what a falsified sequence shows. */
  private static final class AnyStep implements Action.Independent<OwnershipModel> {
    @Override
    public Arbitrary<Transformer<OwnershipModel>> transformer() {
      return OwnershipSteps.any()
          .map(step -> Transformer.mutate(step.toString(), model -> step.apply(model)));
    }
  }

  /** Number and seed of the sequences: set by system properties, and printed at the end. */
  private static final class Run implements AroundPropertyHook {
    @Override
    public PropertyExecutionResult aroundProperty(
        PropertyLifecycleContext context, PropertyExecutor property) {
      var attributes = context.attributes();
      attributes.setTries(Integer.getInteger("ownership.sequences", SEQUENCES));
      var seed = System.getProperty("ownership.seed", SEED);
      attributes.setSeed(seed);
      System.out.printf("Sequences of ownership: seed %s%n", seed);
      var start = System.nanoTime();
      var result = property.execute();
      System.out.printf(
          "Sequences of ownership: %d, seed %s, %d s%n",
          result.countTries(), seed, (System.nanoTime() - start) / 1_000_000_000);
      return result;
    }
  }
}
