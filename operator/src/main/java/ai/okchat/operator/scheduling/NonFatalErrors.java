package ai.okchat.operator.scheduling;

import io.javaoperatorsdk.operator.api.monitoring.Metrics;

/**
 * Converts each Error of a reconciliation that the process survives to an exception, for all kinds:
 * the framework retries after an exception, and keeps an object under processing forever after an
 * Error. Only the first of the metrics of the framework wraps a reconciliation, so this class must
 * be the first.
 */
public final class NonFatalErrors implements Metrics {

  @Override
  public <T> T timeControllerExecution(ControllerExecution<T> execution) throws Exception {
    try {
      return execution.execute();
    } catch (StackOverflowError e) {
      throw new IllegalStateException("The reconciliation exceeded the size of the stack", e);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Error e) {
      throw new IllegalStateException("The reconciliation failed with an Error", e);
    }
  }
}
