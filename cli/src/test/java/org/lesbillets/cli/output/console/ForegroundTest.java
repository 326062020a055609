package org.lesbillets.cli.output.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForegroundTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4242 (java) S 4000 4242 4000 34816 4242 4194304 1 2 | true",
        "4242 (java) S 4000 4242 4000 34816 4000 4194304 1 2 | false",
        "4242 (java) S 4000 4242 4000 0 -1 4194304 1 2       | false",
        "4242 (a ) S) S 4000 4242 4000 34816 4242 419 1 2    | true",
        "4242 () R 1 4242 4242 34816 4242 419 1 2            | true"
      })
  void theTerminalsGroupIsInTheForeground(String stat, boolean expected) {
    assertEquals(expected, Foreground.isForeground(stat));
  }
}
