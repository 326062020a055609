package org.lesbillets.model.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.ProcessorTime;

/** Every mistake, the column it points at, and what the sentence must hold. */
class QuerySyntaxTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        // A field that is none.
        "staus:open ~ 1 ~ did you mean status:?",
        "fire prio:high ~ 6 ~ did you mean priority:?",
        "-asignee:me ~ 2 ~ did you mean assignee:?",
        "tags:x ~ 1 ~ did you mean tag:?",
        "nto:x ~ 1 ~ did you mean not:?",
        "Reqester:x ~ 1 ~ did you mean requester:?",
        "colour:red ~ 1 ~ the fields are status, assignee, by,",
        "x:1 ~ 1 ~ the fields are",
        "mailto:a@b ~ 1 ~ put it in double quotes",
        "not:not:foo:x ~ 9 ~ there is no field 'foo'",
        // Nothing after the colon.
        "age: ~ 5 ~ in a shell put the term in quotes",
        "updated: ~ 9 ~ as in 'updated:<1d'; in a shell",
        "held: ~ 6 ~ in a shell",
        "expires: fire ~ 9 ~ in a shell",
        "number: ~ 8 ~ in a shell",
        "priority: ~ 10 ~ in a shell",
        "status: ~ 8 ~ status: wants open, closed or locked",
        "fire assignee: ~ 15 ~ assignee: wants an agent's name, me or none",
        "by: ~ 4 ~ by: wants an agent's name or me",
        "holder: ~ 8 ~ wants an agent's name",
        "requester: ~ 11 ~ wants a text",
        "reference: ~ 11 ~ wants a text",
        "tag: ~ 5 ~ wants a tag",
        "tag:\"\" ~ 6 ~ wants a tag",
        "status:open| ~ 13 ~ status: wants",
        "status:|open ~ 8 ~ status: wants",
        // A value that is none.
        "status:opne ~ 8 ~ 'opne' is none of open, closed, locked; did you mean open?",
        "status:open|shut ~ 13 ~ 'shut' is none of open, closed, locked",
        "priority:hihg ~ 10 ~ did you mean high?",
        "priority:>=soon ~ 12 ~ 'soon' is none of low, normal, high, urgent",
        "priority:>= ~ 12 ~ a word is missing here: use one of low",
        "priority:=>high ~ 11 ~ '>high' is none of",
        "priority:\">=soon\" ~ 13 ~ 'soon' is none of",
        "assignee:-x ~ 10 ~ '-x' cannot be an agent's name",
        "assignee:all ~ 10 ~ cannot be an agent's name",
        "holder:bob|a/b ~ 12 ~ 'a/b' cannot be an agent's name",
        "by:none ~ 4 ~ every ticket has a creator",
        "is:sleeping ~ 4 ~ is none of claimable, asleep",
        "is: ~ 4 ~ wants claimable or asleep",
        "key:a,b ~ 5 ~ cannot be a key",
        "attempts: ~ 10 ~ in a shell",
        "attempts:x ~ 10 ~ 'x' is no count",
        "attempts:> ~ 11 ~ a number is missing",
        "attempt:3 ~ 1 ~ did you mean attempts:?",
        "number:x ~ 8 ~ 'x' is no ticket's number",
        "number:-1 ~ 8 ~ is no ticket's number",
        "number:>=1.5 ~ 10 ~ '1.5' is no ticket's number",
        "number:> ~ 9 ~ a number is missing",
        "number:1000000001 ~ 8 ~ '1000000001' is no ticket's number: write 1 to 1000000000",
        "age:2h ~ 5 ~ compared with <, <=, > or >=",
        "age:=2h ~ 5 ~ compared with",
        "age:> ~ 6 ~ a duration is missing here",
        "fire age:>2 ~ 11 ~ '2' is no duration: write a number and a unit, as in 500ms, 30s, 15m,"
            + " 2h or 3d",
        "age:>= 2h ~ 7 ~ a duration is missing here",
        "held:<-5m ~ 7 ~ '-5m' is no duration",
        "expires:<99999999999999999999d ~ 10 ~ is no duration",
        // Negation and quotes.
        "- ~ 2 ~ nothing to negate",
        "not: ~ 5 ~ nothing to negate",
        "not: fire ~ 5 ~ nothing to negate",
        "fire -not:- x ~ 12 ~ nothing to negate",
        "\"fire ~ 1 ~ never closed",
        "x tag:\"a b ~ 7 ~ never closed",
        "\"fire\\\" ~ 1 ~ never closed",
        "\"fire\\ ~ 1 ~ never closed",
        "\"\" ~ 2 ~ the phrase is empty",
        "\"a\"b ~ 4 ~ put a space after the closing quote",
        "tag:\"a\"|b ~ 8 ~ put a space after the closing quote",
        "status:\"open\"x ~ 14 ~ put a space after the closing quote",
      })
  void pointsAtTheMistake(String query, int column, String holds) {
    QuerySyntaxException e = QueryErrors.of(query);
    assertTrue(e.getMessage().contains(holds), e.getMessage());
    assertEquals(column, e.column(), e.getMessage());
  }

  @Test
  void countsColumnsInUtf16UnitsFromTheBeginningOfTheText() {
    assertEquals(13, QueryErrors.of("  🔥 status:x").column());
  }

  @Test
  void isBounded() throws Exception {
    TicketQuery.parse("x".repeat(TicketQuery.MAX_LENGTH));
    QuerySyntaxException e = QueryErrors.of("x".repeat(TicketQuery.MAX_LENGTH + 1));
    assertEquals(TicketQuery.MAX_LENGTH + 1, e.column());
    assertTrue(e.getMessage().contains("at most 4096 characters"), e.getMessage());
    assertEquals(TicketQuery.MAX_LENGTH, e.limit());
    assertNull(QueryErrors.of("staus:open").limit());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status:open", "not:tag:x", "requester:x", "age:>1d", "-number:>=7", "attempts:3"})
  void moreThan32TermsAreRefusedAtTheFirstTooMany(String term) throws Exception {
    String legal = (term + " ").repeat(TicketQuery.MAX_TERMS);
    TicketQuery.parse(legal);
    QuerySyntaxException e = QueryErrors.of(legal + term);
    assertTrue(e.column() > legal.length(), e.getMessage());
    assertEquals(TicketQuery.MAX_TERMS, e.limit());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\"a b\"", "-x", "not:\"a\"", "http://x"})
  void moreThan8TextsAreRefusedAtTheFirstTooMany(String text) throws Exception {
    String legal = (text + " ").repeat(TicketQuery.MAX_SEARCH_TEXTS);
    TicketQuery.parse(legal);
    QuerySyntaxException e = QueryErrors.of(legal + text);
    assertTrue(e.column() > legal.length(), e.getMessage());
    assertEquals(TicketQuery.MAX_SEARCH_TEXTS, e.limit());
  }

  @Test
  void eachAlternativeCountsAsATerm() throws Exception {
    String legal = "number:1" + "|1".repeat(TicketQuery.MAX_TERMS - 1);
    TicketQuery.parse(legal);
    QuerySyntaxException e = QueryErrors.of(legal + "|1");
    assertEquals(legal.length() + 2, e.column());
    assertEquals(TicketQuery.MAX_TERMS, e.limit());
    assertTrue(e.getMessage().contains("more than 32 terms"), e.getMessage());
  }

  @Test
  void searchTextsAmongOtherTermsAreCountedAlone() throws Exception {
    String legal = "a status:open ".repeat(TicketQuery.MAX_SEARCH_TEXTS);
    TicketQuery.parse(legal);
    QuerySyntaxException e = QueryErrors.of(legal + "tag:x b");
    assertEquals(legal.length() + 7, e.column());
    assertEquals(TicketQuery.MAX_SEARCH_TEXTS, e.limit());
    assertTrue(e.getMessage().contains("more than 8 texts"), e.getMessage());
  }

  @Test
  void aLongMisspeltWordIsRefusedQuickly() throws Exception {
    String word = "x".repeat(4_000);
    ProcessorTime.assertAtMost(
        Duration.ofSeconds(2),
        () -> {
          for (int i = 0; i < 500; i++) {
            QueryErrors.of(word + ":1");
            QueryErrors.of("status:" + word);
          }
          return word;
        });
  }

  @Test
  void repeatsOnlyTheBeginningOfALongValue() {
    QuerySyntaxException e = QueryErrors.of("status:" + "x".repeat(3000));
    assertTrue(e.getMessage().length() < 200, e.getMessage());
    assertFalse(e.getMessage().contains("did you mean"), e.getMessage());
  }

  @Test
  void aVeryLongChainOfNegationsIsRead() throws Exception {
    assertFalse(TicketQuery.parse("-".repeat(4000) + "x").isAll());
  }
}
