package org.lesbillets.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.output.FieldNames;
import org.lesbillets.cli.output.TicketFields;

/** Columns that are chosen, and what stands in empty ones. */
class ColumnOptionsTest {
  private static BilletsRun.Result run(String... words) {
    return BilletsRun.at(desk(words[0])).run(words);
  }

  private static ScriptedTicketService desk(String verb) {
    return verb.equals("history") ? SampleTickets.details() : SampleTickets.list();
  }

  private static List<String> lines(String line) {
    BilletsRun.Result result = run(line.split(" "));
    assertEquals(ExitStatus.OK, result.status(), result.err());
    assertEquals("", result.err());
    return result.out().lines().toList();
  }

  @ParameterizedTest
  @CsvSource({
    "list, 'number,status,holder,priority,assignee,updatedAt,title'",
    "locks, 'number,holder,token,since,expiresInMillis,waiting,client,note,title'",
    "history 17, 'revision,at,by,type,number,title,what'"
  })
  void theUsualColumnsHaveNames(String verb, String fields) {
    assertEquals(lines(verb), lines(verb + " --fields " + fields));
    assertEquals(lines(verb + " --empty -"), lines(verb + " --empty - --fields " + fields));
    assertEquals(lines(verb), lines(verb + " --fields=" + fields + " -o TSV"));
  }

  @Test
  void columnsStandInTheOrderTheyWereAskedFor() {
    assertEquals(
        "bob\t17\tprinter, 3rd floor\t2026-11-22T09:00:00.000Z\t2",
        lines("list --fields assignee,number,tags,createdAt,commentCount").get(0));
    assertEquals(
        "800000\talice\t900000",
        lines("locks --fields expiresInMillis,lock.holder,ttlMillis").get(0));
  }

  @Test
  void aRecordIsALine() {
    List<String> lines = lines("list --fields description,title --empty -");
    assertEquals(3, lines.size());
    assertTrue(lines.get(0).startsWith("Third floor.\\n\\nIt smells"), lines.get(0));
    assertTrue(lines.stream().allMatch(line -> line.split("\t", -1).length == 2));
  }

  static Stream<String> verbs() {
    return Stream.of("list", "locks", "history 17");
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void noColumnIsEmptyWithAWordForIt(String verb) {
    FieldNames names = verb.startsWith("history") ? FieldNames.OF_EVENTS : FieldNames.OF_TICKETS;
    for (String name : names.all()) {
      for (String line : lines(verb + " --fields " + name + " --empty \\N")) {
        assertFalse(line.isEmpty(), verb + " " + name);
      }
    }
    for (String line : lines(verb + " --empty \\N")) {
      assertFalse(("\t" + line + "\t").contains("\t\t"), line);
    }
  }

  @Test
  void everyFieldOfATicketCanBeChosen() {
    assertTrue(FieldNames.OF_TICKETS.all().containsAll(TicketFields.NAMES));
    String all = String.join(",", TicketFields.NAMES);
    assertEquals(
        TicketFields.NAMES.size(), lines("list --fields " + all).get(0).split("\t", -1).length);
  }

  @Test
  void anEventShowsWhatChanged() {
    List<String> lines =
        lines("history 17 --fields changes.title.from,changes.title.to,comment.text --empty -");
    assertEquals("Printer\tPrinter on fire\t-", lines.get(1));
    assertTrue(lines.contains("-\t-\tTwo lines:\\n\\tthe \\u001b[2Jsecond one"), lines.toString());
  }

  @Test
  void aTableHasThemToo() {
    BilletsRun.Result result =
        BilletsRun.at(SampleTickets.list())
            .terminal(80)
            .run("list", "--fields", "number,holder,title", "--empty", "-");
    List<String> lines = result.out().replaceAll("\u001b\\[[0-9;]*m", "").lines().toList();
    assertEquals("number  holder  title", lines.get(0));
    assertEquals("    17  alice   Printer on fire", lines.get(1));
    assertTrue(lines.get(2).startsWith("    18  -       "), lines.get(2));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          list --fields titel | a ticket has no field 'titel'; did you mean 'title'?
          list --fields number,assigne | a ticket has no field 'assigne'; did you mean 'assignee'?
          list --fields Title | did you mean 'title'?
          list --fields CREATEDAT | did you mean 'createdAt'?
          list --fields lock.hodler | did you mean 'lock.holder'?
          list --fields frobnicated | use some of id, number, title
          list --fields number,number | 'number' is there twice
          list --fields holder,lock.holder | 'lock.holder' is there twice
          list --fields= | there is no name: write some with commas between
          list --fields number, | a name is missing beside a comma of 'number,'
          list --fields ,number | a name is missing beside a comma
          list --fields a,,b | a ticket has no field 'a'
          list --fields number,,title | a name is missing beside a comma
          list --fields | missing required parameter for option '--fields'
          list --empty | missing required parameter for option '--empty'
          list --fields number --fields title | should be specified only once
          list --fields number -o json | leave it out with -o json, which has every field
          list --fields number -o id | leave it out with -o id, which has numbers only
          list --empty - -o jsonl | --empty is about the columns of table and tsv
          list --empty= | --empty: '' cannot stand for nothing
          locks --fields what | a ticket has no field 'what'
          history 17 --fields wat | an event has no field 'wat'; did you mean 'at'?
          history 17 --fields changes.titel.to | did you mean 'changes.title.to'?
          history 17 --empty - -o json | --empty is about the columns
          """)
  void aMistakeIsToldBeforeAnythingIsAsked(String line, String sentence) {
    ScriptedTicketService desk = desk(line.strip().split(" ")[0]);
    BilletsRun.Result result = BilletsRun.at(desk).run(line.strip().split(" "));
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().contains(sentence.strip()), result.err());
    assertEquals(List.of(), desk.asked);
    assertEquals("", result.out());
  }

  @ParameterizedTest
  @CsvSource({"'a\tb'", "'a\nb'", "'\t'", "' '", "'a\u0085b'"})
  void aWordForNothingIsOneField(String word) {
    BilletsRun.Result result = run("list", "--empty", word);
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().contains("give a word without tab or newline"), result.err());
  }

  @Test
  void nothingFoundIsSuccess() {
    BilletsRun.Result result =
        BilletsRun.at(new ScriptedTicketService()).run("list", "--fields", "title");
    assertEquals(ExitStatus.OK, result.status());
    assertEquals("", result.out());
  }
}
