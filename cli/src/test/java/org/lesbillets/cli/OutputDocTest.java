package org.lesbillets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.model.message.RejectionCode;

/** docs/output.md says what is in the golden files, no less and no more. */
class OutputDocTest {
  private static final Pattern FIELD =
      Pattern.compile("\\| `(\\w+)`(\\*?) \\| ([a-z ]+) \\| ?.*\\|");

  /** What tells objects apart: the first whose fields are all there. */
  private static final Map<String, Set<String>> SIGNS =
      Map.ofEntries(
          Map.entry("A failure", Set.of("code", "message")),
          Map.entry("An event", Set.of("type", "ticketId", "previousRevision")),
          Map.entry("A match by time", Set.of("type", "match", "at", "ticket")),
          Map.entry("A ticket of a watch", Set.of("type", "ticketId", "ticket")),
          Map.entry("A place of a watch", Set.of("type", "journalId")),
          Map.entry("A ticket", Set.of("title", "status")),
          Map.entry("A lock", Set.of("holder", "token")),
          Map.entry("A comment", Set.of("id", "by", "text")),
          Map.entry("A lock taken", Set.of("ticketId", "number", "lock")),
          Map.entry("A context", Set.of("servers")),
          Map.entry("An identity", Set.of("role", "server")),
          Map.entry("A finding", Set.of("check", "found")),
          Map.entry("A status", Set.of("open", "mine")),
          Map.entry("A count", Set.of("dryRun")),
          Map.entry("A measurement", Set.of("writers", "watchers")),
          Map.entry("Latencies", Set.of("p50Micros")),
          Map.entry("A session", Set.of("agent", "behindBytes")),
          Map.entry("A text", Set.of("name", "text")));

  /** By kind of object, its fields, each with what it can be. */
  private final Map<String, Map<String, Set<String>>> seen = new TreeMap<>();

  /** By kind of object, how many there were, and how many of them had a field. */
  private final Map<String, Integer> times = new TreeMap<>();

  private static String page() throws IOException {
    return Files.readString(Path.of("..", "docs", "output.md"));
  }

  private static Map<String, Map<String, Set<String>>> documented(Map<String, Boolean> starred)
      throws IOException {
    Map<String, Map<String, Set<String>>> documented = new TreeMap<>();
    String kind = null;
    for (String line : page().lines().toList()) {
      Matcher field = FIELD.matcher(line);
      if (line.startsWith("### ")) {
        kind = line.substring(4);
      } else if (kind != null && field.matches()) {
        Set<String> types = new TreeSet<>(Arrays.asList(field.group(3).split(" or ")));
        documented.computeIfAbsent(kind, k -> new TreeMap<>()).put(field.group(1), types);
        starred.put(kind + "." + field.group(1), !field.group(2).isEmpty());
      }
    }
    return documented;
  }

  private void look() {
    for (CliGoldenFile.Entry entry : CliGoldenFile.allEntries()) {
      if (entry.command().startsWith("batch")) {
        // Its answers are those of the wire, which the protocol's description has.
        continue;
      }
      List<String> texts = new ArrayList<>();
      if (entry.hasFormat("json")) {
        texts.add(entry.out());
        texts.addAll(entry.code() == 0 ? List.of() : entry.err());
      } else if (entry.hasFormat("jsonl")) {
        texts.addAll(entry.out().lines().toList());
      }
      texts.stream().filter(text -> !text.isBlank()).forEach(t -> look(JsonParser.parseString(t)));
    }
  }

  private void look(JsonElement json) {
    if (json instanceof JsonArray array) {
      array.forEach(this::look);
    } else if (json instanceof JsonObject object) {
      kind(object).ifPresent(kind -> note(kind, object));
      object.entrySet().forEach(entry -> look(entry.getValue()));
    }
  }

  private static Optional<String> kind(JsonObject object) {
    List<String> kinds =
        SIGNS.keySet().stream()
            .filter(kind -> object.keySet().containsAll(SIGNS.get(kind)))
            .filter(kind -> !kind.equals("A lock taken") || !object.has("type"))
            .filter(kind -> !kind.equals("A ticket of a watch") || !object.has("revision"))
            .filter(kind -> !kind.equals("A match by time") || !object.has("previousRevision"))
            .toList();
    assertTrue(kinds.size() < 2, () -> kinds + ": " + object);
    return kinds.stream().findFirst();
  }

  private void note(String kind, JsonObject object) {
    times.merge(kind, 1, Integer::sum);
    for (String name : object.keySet()) {
      times.merge(kind + "." + name, 1, Integer::sum);
      seen.computeIfAbsent(kind, k -> new TreeMap<>())
          .computeIfAbsent(name, n -> new TreeSet<>())
          .add(type(object.get(name)));
    }
  }

  private static String type(JsonElement value) {
    if (value.isJsonNull()) {
      return "null";
    }
    if (value.isJsonPrimitive()) {
      return value.getAsJsonPrimitive().isString()
          ? "string"
          : value.getAsJsonPrimitive().isBoolean() ? "boolean" : "number";
    }
    return value.isJsonArray() ? "list" : "object";
  }

  @Test
  void everyFieldIsDocumentedAndSeen() throws IOException {
    Map<String, Boolean> starred = new TreeMap<>();
    Map<String, Map<String, Set<String>>> documented = documented(starred);
    look();
    assertEquals(documented.keySet(), seen.keySet());
    for (String kind : documented.keySet()) {
      Map<String, Set<String>> fields = documented.get(kind);
      assertEquals(fields.keySet(), seen.get(kind).keySet(), kind);
      for (String field : fields.keySet()) {
        String name = kind + "." + field;
        assertTrue(
            fields.get(field).containsAll(seen.get(kind).get(field)),
            () -> name + " is also " + seen.get(kind).get(field));
        assertTrue(
            starred.get(name) || times.get(name).equals(times.get(kind)),
            () -> name + " is not in every object");
      }
    }
  }

  @Test
  void everyCodeIsNamed() throws IOException {
    String page = page();
    Stream<String> codes =
        Stream.concat(
            Arrays.stream(RejectionCode.values()).map(Enum::name),
            Arrays.stream(ConnectionException.Kind.values()).map(Enum::name));
    codes.forEach(code -> assertTrue(page.contains("`" + code + "`"), code));
  }

  @ParameterizedTest
  @CsvSource({
    "list",
    "locks",
    "history",
    "watch",
    "status",
    "create",
    "lock",
    "claim",
    "admin sessions"
  })
  void everyColumnIsNamed(String verb) throws IOException {
    Matcher row = Pattern.compile("(?m)^\\| `" + verb + "` \\| (.*) \\|$").matcher(page());
    assertTrue(row.find(), verb);
    // What stands in parentheses explains a column.
    String columns = row.group(1).replaceAll(" \\([^)]*\\)|; or .*", "");
    int named = columns.split(", ").length + (columns.contains("as `history`") ? 6 : 0);
    List<String> lines =
        CliGoldenFile.allEntries().stream()
            .filter(entry -> entry.hasFormat("tsv") && entry.code() == 0)
            .filter(entry -> (entry.command() + " ").startsWith(verb + " "))
            .filter(entry -> !entry.command().contains("--fields"))
            .flatMap(entry -> entry.out().lines())
            .filter(line -> !line.startsWith("resync\t") && !line.startsWith("current\t"))
            .toList();
    assertTrue(!lines.isEmpty(), verb);
    for (String line : lines) {
      assertEquals(named, line.split("\t", -1).length, verb + ": " + line);
    }
  }
}
