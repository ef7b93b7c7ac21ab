package ai.okchat.operator.knowledge;

import static ai.okchat.operator.knowledge.ingestion.SourceManifest.source;
import static org.assertj.core.api.Assertions.assertThat;

import ai.okchat.api.v1alpha1.SecretRef;
import ai.okchat.operator.knowledge.source.SourceKind;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kinds of sources: which are fetched at intervals, and which Secret triggers them. */
class SourceKindTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web: {urls: ['https://example.com/'], headersSecretRef: {name: access}}",
        "git: {url: 'https://example.com/docs.git', secretRef: {name: access}}"
      })
  void findsTheSecretOfARemoteSource(String spec) {
    // When
    var kind = SourceKind.of(source(spec));

    // Then
    assertThat(kind.secretRef()).isEqualTo(Optional.of(new SecretRef("access")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web: {urls: [\"https://example.com/\"]}       | true",
        "git: {url: \"https://example.com/docs.git\"}  | true",
        "configMap: {name: access}                     | false",
        "faq: [{question: When?, answer: Nine.}]       | false",
        "documents: [{name: hours, text: Nine.}]       | false"
      })
  void readsOnlyRemoteSourcesAtIntervals(String spec, boolean isRemote) {
    // When
    var kind = SourceKind.of(source(spec));

    // Then
    assertThat(kind.isRemote()).isEqualTo(isRemote);
    assertThat(kind.secretRef()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web: {urls: [\"https://example.com/\"], failedLimitPercent: 25}           | 25",
        "git: {url: \"https://example.com/docs.git\"}                              | 100",
        "git: {url: \"https://example.com/docs.git\", include: [\"**/*.md\"]}      | 0",
        "configMap: {name: access}                                                 | 0",
        "documents: [{name: hours, text: Nine.}]                                   | 0"
      })
  void toleratesFailuresOfFilesThatTheSpecDoesNotName(String spec, int percent) {
    // When
    var kind = SourceKind.of(source(spec));

    // Then
    assertThat(kind.failedLimitPercent()).isEqualTo(percent);
  }
}
