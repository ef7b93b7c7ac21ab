package ai.okchat.operator.config;

import ai.okchat.operator.config.OperatorConfig.LogFormat;
import ai.okchat.operator.config.OperatorConfig.LogLevel;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets up how the process logs: {@code logback-text.xml} or {@code logback-json.xml}. */
public final class Logging {

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
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.valueOf(level.name()));
  }
}
