package org.lesbillets.acceptance;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.lesbillets.model.RandomTickets;

/**
 * Issues as {@code gh issue list --json} prints them, of the documented shape, in one array on one
 * line: many scripts, long bodies, people without an account, bots. The same seed makes the same
 * ones, newest first as gh does.
 */
final class GhExport {
  private static final List<String> LOGINS =
      List.of("octocat", "alice", "bob-the-builder", "dependabot[bot]", "app/renovate", "me", "");
  private static final Instant START = Instant.parse("2015-06-01T08:00:00Z");

  private final Random random;
  private final RandomTickets texts;

  private GhExport(long seed) {
    this.random = new Random(seed);
    this.texts = new RandomTickets(random);
  }

  static void write(Path file, long seed, int count) throws IOException {
    GhExport export = new GhExport(seed);
    List<JsonObject> issues = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      issues.add(export.issue(number));
    }
    Collections.reverse(issues);
    JsonArray array = new JsonArray();
    issues.forEach(array::add);
    Files.writeString(file, array + "\n");
  }

  private JsonObject issue(int number) {
    Instant created = START.plusSeconds(number * 3_600L);
    JsonObject issue = new JsonObject();
    issue.add("assignees", people(random.nextInt(3)));
    issue.add("author", person());
    issue.addProperty("body", body(number));
    issue.add("comments", comments(created, random.nextInt(8) == 0 ? 1 + random.nextInt(6) : 0));
    issue.addProperty("createdAt", created.toString());
    issue.add("labels", labels(random.nextInt(4)));
    issue.addProperty("number", number);
    issue.addProperty("state", random.nextInt(3) == 0 ? "OPEN" : "CLOSED");
    issue.addProperty("title", texts.draft().title());
    issue.addProperty("updatedAt", created.plusSeconds(random.nextInt(1_000_000)).toString());
    issue.addProperty("url", "https://github.com/o/r/issues/" + number);
    return issue;
  }

  /** One in a thousand is as long as GitHub lets it be, and longer than a ticket's. */
  private String body(int number) {
    String text = texts.draft().description().replace("\n", "\r\n");
    return number % 1_000 == 17 ? "é".repeat(65_536) : text;
  }

  private JsonArray comments(Instant created, int count) {
    JsonArray comments = new JsonArray();
    for (int i = 0; i < count; i++) {
      JsonObject comment = new JsonObject();
      comment.addProperty("id", "IC_" + random.nextInt(1_000_000));
      comment.add("author", person());
      comment.addProperty("authorAssociation", "MEMBER");
      comment.addProperty("body", "Comment " + i + ": " + texts.draft().title());
      comment.addProperty("createdAt", created.plusSeconds(60L * i).toString());
      comment.addProperty("isMinimized", false);
      comments.add(comment);
    }
    return comments;
  }

  private JsonArray labels(int count) {
    JsonArray labels = new JsonArray();
    for (int i = 0; i < count; i++) {
      JsonObject label = new JsonObject();
      label.addProperty("id", "LA_" + i);
      label.addProperty("name", "label " + random.nextInt(30));
      label.addProperty("description", "");
      label.addProperty("color", "d73a4a");
      labels.add(label);
    }
    return labels;
  }

  private JsonArray people(int count) {
    JsonArray people = new JsonArray();
    for (int i = 0; i < count; i++) {
      people.add(person());
    }
    return people;
  }

  private JsonObject person() {
    JsonObject person = new JsonObject();
    person.addProperty("id", "U_" + random.nextInt(1_000));
    person.addProperty("is_bot", false);
    person.addProperty("login", LOGINS.get(random.nextInt(LOGINS.size())));
    return person;
  }
}
