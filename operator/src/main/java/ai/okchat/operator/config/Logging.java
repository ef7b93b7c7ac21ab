package ai.okchat.operator.config;

import ai.okchat.operator.config.OperatorConfig.LogFormat;
import ai.okchat.operator.config.OperatorConfig.LogLevel;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configures logging from {@code logback.xml} or {@code logback-json.xml}. Debug and trace apply
 * only to lines of the operator: those of libraries contain whole objects and responses, and
 * therefore keys, prompts and documents.
 */
public final class Logging {

  private static final String OURS = "ai.okchat";

  private Logging() {}

  public static void configure(LogFormat format, LogLevel level) {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var file = format == LogFormat.JSON ? "/logback-json.xml" : "/logback.xml";
    try {
      context.reset();
      var configurator = new JoranConfigurator();
      configurator.setContext(context);
      configurator.doConfigure(Logging.class.getResource(file));
    } catch (JoranException e) {
      throw new IllegalStateException("The log configuration in the jar cannot be read", e);
    }
    var configured = Level.valueOf(level.name());
    context.getLogger(OURS).setLevel(configured);
    context
        .getLogger(Logger.ROOT_LOGGER_NAME)
        .setLevel(configured.isGreaterOrEqual(Level.INFO) ? configured : Level.INFO);
  }
}
