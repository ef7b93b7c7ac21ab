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
 * Sets up how the process logs: {@code logback.xml} or {@code logback-json.xml}. Debug and trace
 * are for our own lines only: those of the libraries have whole objects and answers in them, and so
 * keys, prompts and documents.
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
      throw new IllegalStateException("the log configuration in the jar can not be read", e);
    }
    var wanted = Level.valueOf(level.name());
    context.getLogger(OURS).setLevel(wanted);
    context
        .getLogger(Logger.ROOT_LOGGER_NAME)
        .setLevel(wanted.isGreaterOrEqual(Level.INFO) ? wanted : Level.INFO);
  }
}
