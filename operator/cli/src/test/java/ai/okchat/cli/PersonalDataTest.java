package ai.okchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the masks and the cells of an export. */
class PersonalDataTest {

  @ParameterizedTest
  @CsvSource({
    "Write to jane.doe+x@mail.example.com now, Write to [email] now",
    "Call +49 (30) 1234-5678 now, Call [number] now",
    "DE89 3704 0044 0532 0130 00 is mine, [iban] is mine",
    "4111 1111 1111 1111, [number]",
    "We have 30 bots since 2026, We have 30 bots since 2026",
  })
  void masksAddressesAndLongNumbers(String text, String masked) {
    assertThat(PersonalData.masked(text)).isEqualTo(masked);
  }

  @Test
  void takesLinearTime() {
    assertThat(PersonalData.masked("a".repeat(200_000))).hasSize(200_000);
    assertThat(PersonalData.masked("AA00 ".repeat(40_000))).isNotEmpty();
  }

  @Test
  void writesNoFormulas() {
    assertThat(CsvRow.of(List.of("=1+1", "a \"b\"", "")))
        .isEqualTo("\"'=1+1\",\"a \"\"b\"\"\",\"\"");
  }
}
