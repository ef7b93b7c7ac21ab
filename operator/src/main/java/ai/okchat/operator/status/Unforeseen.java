package ai.okchat.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what no row of the failure table names: once for each news, with its stack. */
public final class Unforeseen {

  private static final Logger log = LoggerFactory.getLogger(Unforeseen.class);

  private Unforeseen() {}

  /**
   * Logs the exception if it was not foreseen and is news.
   *
   * @param isNews whether the object's status did not say so before
   */
  public static void log(HasMetadata about, Failure failure, boolean isNews, Exception e) {
    if (isNews && failure.reason() == Reason.InternalError) {
      ObjectLine.about(about, log.atError())
          .setCause(e)
          .log("A pass failed for a reason that nobody foresaw");
    }
  }
}
