package org.lesbillets.cli.command.doctor;

import org.lesbillets.cli.output.Finding;

/**
 * Splits the sentences of exceptions, which have the form "what happened: what to do", into finding
 * and cure. Stateless.
 */
final class Sentences {
  private static final String SEPARATOR = ": ";

  private Sentences() {}

  /** A failure with the cure of the sentence, or with another where it has none. */
  static Finding failure(String check, String sentence, String otherCure) {
    String cure = cure(sentence);
    return Finding.failure(check, found(sentence), cure == null ? otherCure : cure);
  }

  /** A failure with the cure of the sentence, and one more. */
  static Finding failureAlso(String check, String sentence, String alsoCure) {
    String cure = cure(sentence);
    return Finding.failure(
        check, found(sentence), cure == null ? alsoCure : cure + "; " + alsoCure);
  }

  /** A warning with the cure of the sentence. */
  static Finding warning(String check, String sentence, String otherCure) {
    Finding failure = failure(check, sentence, otherCure);
    return Finding.warning(check, failure.found(), failure.cure());
  }

  private static String found(String sentence) {
    int end = sentence.lastIndexOf(SEPARATOR);
    return end < 0 ? sentence : sentence.substring(0, end);
  }

  private static String cure(String sentence) {
    int end = sentence.lastIndexOf(SEPARATOR);
    return end < 0 ? null : sentence.substring(end + SEPARATOR.length());
  }
}
