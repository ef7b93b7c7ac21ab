package ai.okchat.operator;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;

/**
 * Makes an exception of each Error of a pass that the process survives, for all kinds: the
 * framework retries after an exception, and keeps an object under processing for ever after an
 * Error. It lets only the first of its metrics be around a pass, so this must be that one.
 */
final class NonFatalErrors implements Metrics {

  @Override
  public <T> T timeControllerExecution(ControllerExecution<T> pass) throws Exception {
    try {
      return pass.execute();
    } catch (StackOverflowError e) {
      throw new IllegalStateException("A pass needed too much stack", e);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      throw new IllegalStateException("A pass ended with an Error", e);
    }
  }
}
