package org.lesbillets.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;

/** Words of a query that cannot be meant as such. */
class QueryWordsTest {

  /** An unset variable between quotes would otherwise claim whatever there is. */
  @ParameterizedTest
  @CsvSource({"list, ''", "claim, ''", "watch, ' '", "export, ''", "claim, '\t'", "tui, ''"})
  void anEmptyWordIsNoQuery(String verb, String word) {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result = BilletsRun.at(desk).terminal(80).run(verb, word);
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().contains("a word of the query is empty"), result.err());
    assertEquals(List.of(), desk.asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"–limit\"", "–", "a–b", "status:open tag:x"})
  void anyTextCanBeLookedFor(String word) {
    assertEquals(ExitStatus.OK, BilletsRun.at(SampleTickets.list()).run("list", word).status());
  }

  /** The line of a long query is cut to what stands around the mistake, with the mark below it. */
  @ParameterizedTest
  @CsvSource({"33, tag:abc, 261", "9, text, 41", "600, xyz, 33"})
  void tooMuchOfAQueryIsAMistakeAtItsColumn(int count, String term, int column) {
    ScriptedTicketService desk = SampleTickets.obliging();
    String[] words = new String[count + 1];
    Arrays.fill(words, term);
    words[0] = "list";
    BilletsRun.Result result = BilletsRun.at(desk).terminal(80).run(words);
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().contains("wrong at column " + column + ": "), result.err());
    assertTrue(result.err().lines().allMatch(line -> line.length() < 700), result.err());
    assertEquals(List.of(), desk.asked);
  }
}
