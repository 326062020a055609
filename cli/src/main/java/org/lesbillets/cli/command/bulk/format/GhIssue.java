package org.lesbillets.cli.command.bulk.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.WireTime;
import org.lesbillets.model.wire.TicketCodec;
import org.lesbillets.model.wire.WireFormatException;

/**
 * One issue as gh prints it, mapped to a ticket: author.login becomes createdBy, the first assignee
 * the assignee, the labels tags, the body the description, the URL the reference and the origin of
 * the id. For one issue.
 */
final class GhIssue {
  /** Who wrote what a deleted account wrote. */
  private static final String GHOST = "ghost";

  private final JsonObject issue;
  private final Set<String> renamed;
  private final ImportSanitizer fitting = new ImportSanitizer();

  /**
   * @param renamed the names that were noted already; those noted now are added
   */
  GhIssue(JsonObject issue, Set<String> renamed) {
    this.issue = issue;
    this.renamed = renamed;
  }

  ImportRecord record(long line, String requestId) {
    try {
      return ImportRecord.of(
          line, TicketCodec.decode(ticket().toString(), requestId), fitting.notes());
    } catch (WireFormatException | IllegalStateException e) {
      return ImportRecord.bad(line, e.getMessage());
    }
  }

  private JsonObject ticket() {
    GhIssueSchema.check(issue);
    String number = text(issue.get("number"), "");
    String author = login(issue.get("author"));
    String created = text(issue.get("createdAt"), "");
    String updated = text(issue.get("updatedAt"), created);
    String url = text(issue.get("url"), "");
    JsonObject ticket = new JsonObject();
    ticket.addProperty("id", NameUuid.of(name(number, url, created)).toString());
    ticket.add("number", issue.get("number"));
    ticket.addProperty("title", title());
    ticket.addProperty("description", fitting.block("the body", text(issue.get("body"), "")));
    ticket.addProperty("status", status());
    ticket.addProperty("assignee", assignee());
    ticket.addProperty("reference", fitting.line("the URL", url, WireLimits.LINE));
    ticket.add("tags", array(fitting.tags(labels())));
    ticket.addProperty("createdAt", created);
    ticket.addProperty("createdBy", author);
    ticket.addProperty("updatedAt", updated);
    ticket.addProperty("updatedBy", author);
    ticket.add("comments", comments());
    return ticket;
  }

  /** The identity of the issue, stable under edits. */
  private String name(String number, String url, String created) {
    return url.isEmpty()
        ? "issue " + number + " of " + created + " by " + text(login(issue.get("author")), GHOST)
        : url;
  }

  private static String text(String text, String otherwise) {
    return text == null ? otherwise : text;
  }

  private static String text(JsonElement value, String otherwise) {
    return value == null || !value.isJsonPrimitive() ? otherwise : value.getAsString();
  }

  private String title() {
    String title = fitting.line("the title", text(issue.get("title"), ""), WireLimits.TITLE);
    return title.isBlank() ? "(no title)" : title;
  }

  private String status() {
    String state = text(issue.get("state"), "open").toLowerCase(Locale.ROOT);
    if (!state.equals("open") && !state.equals("closed")) {
      throw new IllegalStateException("state is neither OPEN nor CLOSED");
    }
    return state;
  }

  private String assignee() {
    List<String> logins = new ArrayList<>();
    elements("assignees").forEach(assignee -> logins.add(login(assignee)));
    if (logins.size() > 1) {
      fitting.note("of its " + logins.size() + " assignees only the first is kept");
    }
    return logins.isEmpty() ? null : logins.get(0);
  }

  private List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (JsonElement label : elements("labels")) {
      labels.add(text(label.isJsonObject() ? label.getAsJsonObject().get("name") : label, ""));
    }
    return labels;
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private JsonArray elements(String field) {
    JsonElement value = issue.get(field);
    return value != null && value.isJsonArray() ? value.getAsJsonArray() : new JsonArray();
  }

  /** Oldest first; one without a word says nothing and is left out. */
  private JsonArray comments() {
    List<JsonObject> comments = new ArrayList<>();
    for (JsonElement element : elements("comments")) {
      JsonObject comment = element.isJsonObject() ? comment(element.getAsJsonObject()) : null;
      if (comment != null) {
        comments.add(comment);
      }
    }
    comments.sort(Comparator.comparing(GhIssue::at));
    JsonArray array = new JsonArray();
    comments.forEach(array::add);
    return array;
  }

  /** The time of it; the epoch where that cannot be parsed, which is an error of its record. */
  private static Instant at(JsonObject comment) {
    try {
      return WireTime.parse(comment.get("at").getAsString());
    } catch (DateTimeException e) {
      return Instant.MIN;
    }
  }

  private JsonObject comment(JsonObject element) {
    String body = fitting.block("a comment", text(element.get("body"), ""));
    if (body.isBlank()) {
      fitting.note("an empty comment is left out");
      return null;
    }
    JsonObject comment = new JsonObject();
    comment.addProperty("at", text(element.get("createdAt"), ""));
    comment.addProperty("by", login(element.get("author")));
    comment.addProperty("text", body);
    return comment;
  }

  /** A person's name, sanitized to that of an agent. */
  private String login(JsonElement somebody) {
    JsonElement login =
        somebody != null && somebody.isJsonObject()
            ? somebody.getAsJsonObject().get("login")
            : somebody;
    String name = text(login, "");
    String agent = name.isEmpty() ? GHOST : ImportSanitizer.agent(name);
    if (!name.isEmpty() && !agent.equals(name) && renamed.add(name)) {
      fitting.note("'" + name + "' is no agent's name: it is written " + agent);
    }
    return agent;
  }
}
