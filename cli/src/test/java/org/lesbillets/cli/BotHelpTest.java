package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.command.RunsChildProcess;
import org.lesbillets.cli.command.ScriptedTicketService;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What is made for programs: the page for bots, the verbs as data, and --json. */
class BotHelpTest {
  private static final int LINES = 60;
  private static final int WORDS = 900;

  private static JsonObject spec(String... words) {
    String[] line = Arrays.copyOf(words, words.length + 3);
    System.arraycopy(new String[] {"help", "--spec", "--json"}, 0, line, words.length, 3);
    BilletsRun.Result result = BilletsRun.alone(line);
    assertEquals(ExitStatus.OK, result.status());
    assertEquals("", result.err());
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }

  private static Map<String, JsonObject> byName(JsonObject of, String list) {
    return StreamSupport.stream(of.getAsJsonArray(list).spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .collect(
            Collectors.toMap(
                one -> one.get("name").getAsString(), one -> one, (a, b) -> a, TreeMap::new));
  }

  @Test
  void thePageForBotsIsShort() {
    String page = BilletsRun.alone("help", "agents").out();
    assertTrue(page.lines().count() <= LINES, page.lines().count() + " lines");
    assertTrue(page.split("\\s+").length <= WORDS, page.split("\\s+").length + " words");
    for (int code = 0; code <= ExitStatus.UNAVAILABLE.code(); code++) {
      assertTrue(code == 1 || page.contains("\n  " + code + "  ") || page.contains("     " + code));
    }
  }

  @Test
  void theDataHasEachVerbThatDoesSomethingAndNoOther() {
    List<String> told = Verbs.told().toList();
    assertEquals(
        Verbs.doing().filter(told::contains).sorted().toList(),
        List.copyOf(byName(spec(), "verbs").keySet()));
  }

  @Test
  void theDataHasEachOptionAndArgumentOfAVerbAndNoOther() {
    byName(spec(), "verbs")
        .forEach(
            (name, verb) -> {
              CommandLine command = Verbs.command(name);
              assertEquals(
                  command.getCommandSpec().options().stream()
                      .map(OptionSpec::longestName)
                      .sorted()
                      .toList(),
                  List.copyOf(byName(verb, "options").keySet()),
                  name);
              List<String> arguments =
                  new ArrayList<>(
                      command.getCommandSpec().positionalParameters().stream()
                          .map(PositionalParamSpec::paramLabel)
                          .toList());
              if (command.getCommand() instanceof RunsChildProcess) {
                arguments.add("-- CMD");
              }
              assertEquals(
                  arguments.stream().sorted().toList(),
                  List.copyOf(byName(verb, "arguments").keySet()),
                  name);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list | --timeout | duration | \"10s\" | false",
        "list | --output | table|json|jsonl|tsv|id | null | false",
        "list | --json | flag | false | false",
        "list | --sort | number|created|updated|priority|title|assignee|-number|-created|-updated"
            + "|-priority|-title|-assignee | \"number\" | false",
        "claim | --ttl | duration | \"15m\" | false",
        "lock | --wait | flag|duration | null | false",
        "lock | --token | integer | null | false",
        "create | --tag | text | null | true",
        "create | --priority | low|normal|high|urgent | null | false",
        "admin drain | --after | duration | \"30s\" | false"
      })
  void anOptionIsDescribed(String line) {
    // The types have bars, too.
    String[] cells = line.split(" \\| ");
    JsonObject option = byName(byName(spec(), "verbs").get(cells[0]), "options").get(cells[1]);
    assertEquals(cells[2], option.get("type").getAsString());
    assertEquals(cells[3], option.get("default").toString());
    assertEquals(cells[4], option.get("repeatable").toString());
    assertEquals(4, option.size());
  }

  @Test
  void exitCodesAreExplained() {
    JsonObject all = spec();
    Map<Integer, String> meanings = new TreeMap<>();
    for (JsonElement code : all.getAsJsonArray("exitCodes")) {
      JsonObject one = code.getAsJsonObject();
      meanings.put(one.get("code").getAsInt(), one.get("meaning").getAsString());
    }
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 130, 141, 143), List.copyOf(meanings.keySet()));
    assertEquals("done; also when nothing was found", meanings.get(0));
    assertEquals("timed out, or the outcome is unknown (TIMEOUT, UNCERTAIN)", meanings.get(7));
    byName(all, "verbs")
        .forEach(
            (name, verb) -> {
              String codes = verb.get("exitCodes").toString();
              assertTrue(codes.startsWith("[0,1,2"), name);
              boolean names = byName(verb, "arguments").containsKey("REF");
              assertTrue(!names || codes.contains(",3,"), name);
            });
    assertEquals("[0,1,2,130,141,143]", codes("help"));
    assertEquals("[0,1,2,4,7,8,130,141,143]", codes("list"));
    assertEquals("[0,1,2,3,4,5,6,7,8,130,141,143]", codes("update"));
  }

  private static String codes(String verb) {
    return byName(spec(), "verbs").get(verb).get("exitCodes").toString();
  }

  @Test
  void theDataOfOneVerbHasThoseBelowIt() {
    JsonObject admin =
        JsonParser.parseString(BilletsRun.alone("help", "--spec", "admin").out()).getAsJsonObject();
    assertEquals(
        Verbs.told().filter(verb -> verb.startsWith("admin ")).sorted().toList(),
        List.copyOf(byName(admin, "verbs").keySet()));
    assertEquals(
        1, BilletsRun.alone("help", "--spec", "-o", "jsonl", "lock").out().lines().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "help --spec query | --spec is about verbs: leave it out for the topic query",
        "help --spec lsit | there is no help on 'lsit': did you mean 'list'?"
      })
  void theDataIsAboutVerbs(String line, String sentence) {
    BilletsRun.Result result = BilletsRun.alone(line.split(" "));
    assertEquals(ExitStatus.USAGE, result.status());
    assertTrue(result.err().startsWith("billets: " + sentence), result.err());
    assertEquals("", result.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--json list",
        "list --json",
        "list status:open --json --limit 5",
        "-o json list --json",
        "list --json -ojson"
      })
  void jsonIsAFormatBeforeAndAfterTheVerb(String line) {
    BilletsRun.Result wanted = BilletsRun.at(SampleTickets.obliging()).run("list", "-o", "json");
    assertEquals(ExitStatus.OK, wanted.status());
    assertEquals(wanted, BilletsRun.at(SampleTickets.obliging()).run(line.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--json list -o table",
        "list --json --output=jsonl",
        "-otsv list --json",
        "create --title T --json -o id"
      })
  void twoFormatsAreAMistake(String line) {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result = BilletsRun.at(desk).run(line.split(" "));
    assertEquals(ExitStatus.USAGE, result.status());
    assertEquals("", result.out());
    JsonObject failure = JsonParser.parseString(result.err()).getAsJsonObject();
    assertEquals("USAGE", failure.get("code").getAsString());
    assertTrue(failure.get("message").getAsString().contains("contradict"), result.err());
    assertEquals(List.of(), desk.asked);
  }

  @Test
  void withJsonFailuresAreJsonToo() {
    String line = "list --nonsense --json";
    assertTrue(JsonParser.parseString(BilletsRun.alone(line.split(" ")).err()).isJsonObject());
    String text = BilletsRun.alone("list", "--nonsense", "--", "--json").err();
    assertFalse(text.startsWith("{"), text);
  }
}
