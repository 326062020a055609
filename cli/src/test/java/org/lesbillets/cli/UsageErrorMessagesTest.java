package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.command.ScriptedTicketService;

/** Command lines that cannot be meant: exit 2, a sentence, a hint, and nothing done. */
class UsageErrorMessagesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          lst | there is no verb 'lst'; did you mean 'list'
          lsit | there is no verb 'lsit'; did you mean 'list'?
          frobnicate | there is no verb 'frobnicate'
          list --sot number | there is no option '--sot' of list; did you mean '--sort'?
          --sever x list | there is no option '--sever'; did you mean '--server'?
          update 17 --titel x | there is no option '--titel' of update; did you mean '--title'
          show | missing required parameter: 'REF'
          show x | 'x' names no ticket: give its number
          show 0 | '0' names no ticket
          show #x | '#x' names no ticket
          show 17 x | 'x' names no ticket
          show 17 --field title --history | --field prints one value alone
          history 17 18 | '18' is one argument too many: put quotes around
          history x | invalid value for REF: 'x' names no ticket
          show 17 --field colour | a ticket has no field 'colour': use one of id, number, title,
          comment 17 two words | 'words' is one argument too many: put quotes around
          comment 17 two words | with several tickets write it behind --text
          comment 17 --text | missing required parameter for option '--text'
          comment 17 x --text T | 'x' names no ticket
          comment 17 18 --text= | an empty comment says nothing
          update 17 18 --token 5 --title T | --token is the token of one lock
          update 17 x --title T | 'x' names no ticket
          unlock 17 18 --token 5 | --token is the token of one lock
          lock 17 --ttl 30m1h | '30m1h' is no duration: write a number and a unit
          lock 17 --ttl -5m | '-5m' is no duration
          lock 17 --ttl h | 'h' is no duration
          watch --within 1h1h | with the longest unit first, as in 1h30m
          list age:>30m1h | '30m1h' is no duration: write a number and a unit, as in 500ms
          bench --writers 0 | '--writers': it is 1 to 256, not 0
          bench --writers 257 | '--writers': it is 1 to 256, not 257
          bench --watchers 1001 | '--watchers': it is 0 to 1000, not 1001
          bench --watchers many | 'many' is not a whole number, 0 to 1000
          bench --rate 100001 | '--rate': it is 0 to 100000, not 100001
          bench --rate fast | 'fast' is neither max nor a whole number, 0 to 100000
          bench --duration 999ms | '--duration': it is 1s to 1h, not 999ms
          bench --duration 61m | '--duration': it is 1s to 1h, not 61m
          bench --clean --writers 2 | --clean only closes tickets: give it without other options
          create | missing required option: '--title=T'
          create --title | missing required parameter for option '--title'
          create --title T --priority top | 'top' is not one of low, normal, high, urgent
          create --title T --assignee none | 'none' is a word of the query language
          create --title T --operation-id 7 | '7' is no UUID of 36 characters
          create --title T --title U | option '--title' (T) should be specified only once
          update 17 | say what to change, for instance --priority high
          update 17 --status locked | '--status': 'locked' is not one of open, closed
          update 17 --token 0 | '0' is no revision
          update 17 --token 9007199254740992 --unlock | is no revision
          close | missing required parameter: 'REF'
          close 17 x | 'x' names no ticket
          lock 17 --ttl 15 | '--ttl': '15' is no duration: write a number and a unit, as in 500ms
          lock 17 --ttl 0s | '0s' is not between 1s and 8h
          lock 17 --ttl 481m | '481m' is not between 1s and 8h
          claim --ttl 999ms | '999ms' is not between 1s and 8h
          lock 17 --wait=soon | '--wait': 'soon' is no duration
          lock 17 --wait=0s | '0s' is not between 1ms and 30d
          lock 17 --wait=31d | '31d' is not between 1ms and 30d
          lock 17 --wait 5m | '5m' is one argument too many; did you mean '--wait=5m'?
          lock 17 sh -c ls | 'sh' is one argument too many: a command to run stands behind --
          lock -c 17 | there is no option '-c' of lock; a command to run stands behind --
          lock 17 -- | there is no command behind --: write it there
          lock -- ls | missing required parameter: 'REF'
          lock 17 --token 91 -- ls | it goes with neither --wait nor --steal nor a command
          lock 17 --token 91 --wait | it goes with neither --wait nor --steal nor a command
          lock 17 --token 91 --steal | it goes with neither --wait nor --steal nor a command
          lock 17 --steal --wait | there is nothing to --wait for
          lock 17 --reason R | --reason says why a lock is taken from somebody: add --steal
          lock 17 -t 91 -- ls -t | there is no option '-t' of lock
          claim tag:x -c ls | there is no option '-c' of claim; a command to run stands behind --
          claim tag: -- ls | the query is wrong at column
          claim -- | there is no command behind --
          unlock | name a ticket or several, or --mine for all one holds
          unlock 17 --mine | name a ticket or several, or --mine for all one holds
          unlock --mine --force | --mine releases one's own locks
          unlock --mine --token 91 | --mine releases one's own locks
          unlock 17 --reason R | --reason says why a lock is broken: add --force
          wait 17 | missing required option: '--for=STATE'
          wait 17 --for free | 'free' is not one of unlocked, locked, open, closed
          wait 17 --for open --within 0s | '0s' is not between 1ms and 36500d
          list --limit 0 | '--limit': '0' is not a whole number, 1 or more
          list --sort size | there is no sorting by 'size': use one of number, created
          list stat:open | the query is wrong at column 1
          list age: | the query is wrong at column
          edit | missing required parameter: 'REF'
          edit x | 'x' names no ticket
          edit 17 18 | '18' is one argument too many
          edit 17 --recovr | there is no option '--recovr' of edit; did you mean '--recover'?
          edit 17 --recover=last | '--recover'
          edit 17 --token 91 | there is no option '--token' of edit
          edit 17 | there is no terminal to edit on: set VISUAL or EDITOR
          watch --count -1 | '-1' is not a whole number
          update 17 --add-tag a --add-tag b --remove-tag b | both name 'b': give one
          list –limit 1 | '–limit' begins with a dash that is no hyphen: did you mean '--limit'?
          list —-limit 1 | did you mean '--limit'?
          claim −-ttl 5m | did you mean '--ttl'?
          watch tag:x —next | did you mean '--next'?
          watch --next --count 2 | --next means --count 1: give one of the two
          watch --next=2 | '--next'
          watch --nxt | there is no option '--nxt' of watch; did you mean '--next'?
          watch --within | missing required parameter for option '--within'
          watch --within= | '' is no duration
          watch --since zz:5 | 'zz' is no journal: its name is a UUID of 36 characters
          watch --since :5 | '' is no journal
          watch --since 6a1b0c52-9a54-4a53-8f9e-0d3c5b7a1f20:y | 'y' is no revision
          batch a b | 'b' is one argument too many
          batch --jobs 0 | '--jobs': '0' is not a whole number, 1 to 256
          batch --jobs 257 | '--jobs': '257' is not a whole number, 1 to 256
          batch --stop | there is no option '--stop' of batch; did you mean '--stop-on-error'?
          batch no-such-file | there is no file no-such-file
          batch src | src is a directory: name a file, or - for standard input
          import | missing required parameter: 'FILE|-'
          import a b | 'b' is one argument too many
          import no-such-file | there is no file no-such-file
          import src | src is a directory: name a file, or - for standard input
          import x --format xml | '--format': 'xml' is not one of jsonl, csv, gh
          import x --dry | there is no option '--dry' of import; did you mean '--dry-run'?
          export --format gh | '--format': 'gh' can only be imported: export jsonl or csv
          export --format xml | '--format': 'xml' is not one of jsonl, csv
          export stat:open | the query is wrong at column 1
          list -o xml | '--output' (FORMAT): 'xml' is not one of table, json, jsonl, tsv, id
          list --color blue | '--color' (WHEN): 'blue' is not one of auto, always, never
          list --timeout 0s | '0s' is not between
          list --server http://x | --server: 'http://x
          list --context nope | --context: there is no context 'nope': billets context add makes one
          list --contxt x | there is no option '--contxt' of list; did you mean '--context'?
          create --titel x | there is no option '--titel' of create; did you mean '--title'?
          lock --noet 17 | there is no option '--noet' of lock; did you mean '--note'?
          lock --noet x | there is no option '--noet' of lock; did you mean '--note'?
          list --sot=x | there is no option '--sot' of list; did you mean '--sort'?
          list -sort x | there is no option '-sort' of list; did you mean '--sort'?
          watch --exec= | --exec: there is no command: write it there
          status --format {opne} | '{opne}' is none of {open}, {mine}, {locked}, {left}, {number},
          status --format {opne} | {age}; did you mean {open}?
          status --format {open | '{open' has no closing brace: there are {open}, {mine}
          status --format {} | '{}' is none of {open}
          status --max-age soon | 'soon' is no duration
          status --fallback x | --fallback stands in for a --format: give both, or neither
          status --format {open} -o table | --format is an output format of its own: leave out
          context | say what to do: one of add, use, list, show, remove
          context ad | there is no verb 'context ad'; did you mean 'context add'?
          context lsit x | there is no verb 'context lsit'; did you mean 'context list'?
          context add | missing required parameter: 'NAME'
          context add x | say where it is, as in --server
          context add x --sever a | there is no option '--sever' of context add; did you mean
          context add x --server http://a | --server: 'http://a
          context add a/b --server a | 'a/b' is no name for a context: use at most 64
          context add x y --server a | 'y' is one argument too many
          context add x --server a --token-file f --token-command c | not both
          context add x --server a --token-file= | --token-file: there is no path
          context add x --server a --token-command= | --token-command: there is no command
          context use | missing required parameter: 'NAME'
          context use nope | there is no context 'nope': billets context add makes one
          context show | no context is in use: name one
          context show nope | there is no context 'nope'
          context remove nope | there is no context 'nope'
          help context ad | there is no help on 'context ad': did you mean 'context add'?
          help lsit | there is no help on 'lsit': did you mean 'list'?
          help exit-code | there is no help on 'exit-code': did you mean 'exit-codes'?
          help nothing | there is no help on 'nothing': there are the verbs list, show,
          """)
  void aSentenceSaysWhatIsWrong(String line, String sentence) {
    ScriptedTicketService desk = new ScriptedTicketService();
    BilletsRun.Result result = BilletsRun.at(desk).run(line.strip().split(" "));
    String expected = sentence.strip().replace(" (T)", "").replace(" (FORMAT)", "");
    String said = result.err().replaceAll("(option '[^']*') \\([A-Z]+\\)", "$1");
    assertTrue(said.contains(expected.replace(" (WHEN)", "")), said);
    assertTrue(result.err().startsWith("billets: "), result.err());
    assertTrue(result.err().contains("\nTry: billets help"), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
    assertEquals(ExitStatus.USAGE, result.status());
    assertEquals("", result.out());
    assertEquals(0, desk.asked.size(), "nothing was asked");
  }

  @Test
  void theHintNamesTheVerb() {
    assertTrue(BilletsRun.alone("lock").err().endsWith("Try: billets help lock\n"));
    assertTrue(BilletsRun.alone("lokc").err().endsWith("Try: billets help\n"));
    assertTrue(BilletsRun.alone("update", "1").err().endsWith("Try: billets help update\n"));
    assertTrue(BilletsRun.alone("context", "x").err().endsWith("Try: billets help context\n"));
    assertTrue(
        BilletsRun.alone("context", "use").err().endsWith("Try: billets help context use\n"));
  }

  @Test
  void aMistakeInAQueryIsPointedAt() {
    String err = BilletsRun.alone("list", "tag:x", "stat:open").err();
    assertTrue(err.contains("\n  tag:x stat:open\n        ^\n"), err);
  }

  @Test
  void withoutAVerbItSaysWhichThereAre() {
    BilletsRun.Result result = BilletsRun.alone();
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().startsWith("billets: say what to do: one of list, show, create"));
  }

  @ParameterizedTest
  @CsvSource({
    "list -o json --nonsense, true",
    "-ojsonl lst, true",
    "lst --output=json, true",
    "lst -o=jsonl, true",
    "lst -o table, false",
    "lst -- -o json, false",
    "create --title, false"
  })
  void aMisuseIsToldInTheWishedForm(String line, boolean json) {
    BilletsRun.Result result = BilletsRun.alone(line.split(" "));
    assertEquals(ExitStatus.USAGE, result.status());
    assertEquals(json, result.err().startsWith("{\"code\":\"USAGE\",\"message\":\"there is no "));
    assertEquals(json ? 1 : 2, result.err().lines().count(), result.err());
  }
}
