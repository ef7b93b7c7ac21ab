package ai.okchat.operator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Metrics that an operator exposes at {@code /metrics} at one time. */
public record Scrape(Map<String, String> types, List<Sample> samples) {

  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One line. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  /** Reads the port of a running operator. */
  public static Scrape of(int managementPort) {
    try (var http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:%d/metrics".formatted(managementPort));
      return parse(http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The text form of Prometheus. */
  public static Scrape parse(String text) {
    return new Scrape(
        TYPE.matcher(text)
            .results()
            .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2))),
        SAMPLE.matcher(text).results().map(Scrape::sample).toList());
  }

  /** The value of one line, 0 where there is none. */
  public double value(String name, Map<String, String> labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.labels().equals(labels))
        .mapToDouble(Sample::value)
        .sum();
  }

  /** The metric that a line belongs to: a histogram has lines of three names. */
  public String metricOf(Sample sample) {
    return Optional.of(sample.name().replaceFirst("_(bucket|count|sum)$", ""))
        .filter(
            metric -> "histogram".equals(types.get(metric)) || "summary".equals(types.get(metric)))
        .orElse(sample.name());
  }

  private static Sample sample(MatchResult line) {
    var labels = new TreeMap<String, String>();
    if (line.group(2) != null) {
      LABEL
          .matcher(line.group(2))
          .results()
          .forEach(label -> labels.put(label.group(1), label.group(2)));
    }
    return new Sample(line.group(1), labels, Double.parseDouble(line.group(3)));
  }
}
