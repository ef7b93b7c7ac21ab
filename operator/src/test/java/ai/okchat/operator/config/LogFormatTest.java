package ai.okchat.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.operator.config.OperatorConfig.LogFormat;
import ai.okchat.operator.config.OperatorConfig.LogLevel;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Format of one line, and the levels of the lines. */
class LogFormatTest {

  @AfterEach
  void asBefore() {
    Logging.configure(LogFormat.TEXT, LogLevel.INFO);
  }

  @Test
  void jsonLineIsOneObjectWithAFieldForEachValue() throws Exception {
    // When
    var line = written("/logback-json.xml");

    // Then
    assertThat(line).endsWith("\n").hasLineCount(1);
    assertThat(fields(line))
        .containsEntry("message", "Created the bot 7.")
        .containsEntry("level", "INFO")
        .containsEntry("namespace", "team")
        .containsEntry("name", "support")
        .containsEntry("generation", 3)
        .containsEntry("durationMillis", 41)
        .containsKey("@timestamp");
  }

  @Test
  void textLineHasEachValue() throws Exception {
    // When
    var line = written("/logback.xml");

    // Then
    assertThat(line)
        .contains("INFO", "Created the bot 7. namespace=\"team\" name=\"support\" generation=\"3\"")
        .hasLineCount(1);
  }

  @Test
  void debugAppliesOnlyToLinesOfTheOperator() {
    // When
    Logging.configure(LogFormat.JSON, LogLevel.TRACE);

    // Then
    assertThat(level("ai.okchat.operator.status")).isEqualTo(Level.TRACE);
    assertThat(level("io.fabric8.kubernetes.client.http")).isEqualTo(Level.INFO);
    assertThat(level("io.javaoperatorsdk.operator.processing")).isEqualTo(Level.INFO);
  }

  @Test
  void higherLevelsApplyToAllLines() {
    // When
    Logging.configure(LogFormat.TEXT, LogLevel.ERROR);

    // Then
    assertThat(level("ai.okchat.operator.status")).isEqualTo(Level.ERROR);
    assertThat(level("io.fabric8.kubernetes.client.http")).isEqualTo(Level.ERROR);
  }

  /** Returns one line as the appender of this configuration writes it. */
  private static String written(String configuration) throws JoranException {
    var context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    var configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(LogFormatTest.class.getResource(configuration)));
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    var console = (ConsoleAppender<ILoggingEvent>) root.getAppender("stdout");
    root.detachAppender(console);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    root.addAppender(lines);
    root.atInfo()
        .addKeyValue("namespace", "team")
        .addKeyValue("name", "support")
        .addKeyValue("generation", 3L)
        .addKeyValue("durationMillis", 41L)
        .log("Created the bot 7.");
    return new String(console.getEncoder().encode(lines.list.getFirst()), StandardCharsets.UTF_8);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> fields(String line) throws JsonProcessingException {
    return new ObjectMapper().readValue(line, Map.class);
  }

  private static Level level(String logger) {
    return ((Logger) LoggerFactory.getLogger(logger)).getEffectiveLevel();
  }
}
