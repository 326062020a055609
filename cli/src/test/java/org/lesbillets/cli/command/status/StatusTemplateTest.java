package org.lesbillets.cli.command.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.output.StatusReport;
import org.lesbillets.model.AgentName;

class StatusTemplateTest {
  private static StatusReport status(StatusReport.HeldTicket... held) {
    return new StatusReport(
        new AgentName("alice"),
        new StatusReport.Counts(12, 3),
        List.of(held),
        Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{mine}/{open} {locked} {left} #{number} {agent} {age}`, `3/12 2 13m 20s #17 alice 7s`",
        "`{{open}} {{{open}}} } }} {{`, `{open} {12} } } {`",
        "`👩‍💻 {open}\u001b[0m`, `👩‍💻 12\u001b[0m`",
        "nothing, nothing",
        "``, ``"
      })
  void whatStandsInBracesIsFilledIn(String template, String filled) {
    StatusReport.HeldTicket soon = new StatusReport.HeldTicket(17, Duration.ofSeconds(800));
    StatusReport.HeldTicket late = new StatusReport.HeldTicket(18, Duration.ofSeconds(900));
    assertEquals(filled, StatusTemplate.parse(template).filled(status(late, soon)));
  }

  @ParameterizedTest
  @CsvSource({"[{left}], []", "[{number}], []", "{locked}, 0"})
  void withoutALockThereIsNothingLeft(String template, String filled) {
    assertEquals(filled, StatusTemplate.parse(template).filled(status()));
  }
}
