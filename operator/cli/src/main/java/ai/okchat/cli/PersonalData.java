package ai.okchat.cli;

import java.util.regex.Pattern;

/**
 * Masks e-mail addresses, telephone numbers and other long numbers in a text. Names and addresses
 * of people stay: no pattern recognizes them.
 */
final class PersonalData {
  private static final Pattern EMAIL =
      Pattern.compile("[\\p{L}\\p{N}._%+-]{1,64}+@[\\p{L}\\p{N}.-]{1,255}+");
  private static final Pattern IBAN =
      Pattern.compile("(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{2,4}){3,8}(?![A-Z0-9])");
  private static final Pattern NUMBER = Pattern.compile("\\+?[0-9](?:[ ()./-]{0,2}[0-9]){6,24}+");

  private PersonalData() {}

  static String masked(String text) {
    var withoutEmails = EMAIL.matcher(text).replaceAll("[email]");
    return NUMBER.matcher(IBAN.matcher(withoutEmails).replaceAll("[iban]")).replaceAll("[number]");
  }
}
