package org.lesbillets.cli.command.bulk.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.function.Predicate;

/**
 * Schema check of an issue of gh: every requested field is there and of its type. Anything else
 * would become a ticket that silently lacks fields. Stateless.
 */
final class GhIssueSchema {
  private static final String ADVICE =
      " is missing: print the issues with gh issue list --json"
          + " number,title,body,state,labels,assignees,author,createdAt,updatedAt,url";

  /** What a value is, in words that follow "must be". */
  private enum Kind {
    NUMBER("a number", GhIssueSchema::isNumber),
    TEXT("a text", GhIssueSchema::isText),
    PERSON("an object with a login", GhIssueSchema::isPerson),
    PEOPLE(
        "a list of objects with a login", value -> isListOf(value, GhIssueSchema::isPersonOrNull)),
    LABELS("a list of objects with a name", value -> isListOf(value, GhIssueSchema::isLabel)),
    COMMENTS(
        "a list of objects with author, body and createdAt",
        value -> isListOf(value, GhIssueSchema::isComment));

    private final String words;
    private final Predicate<JsonElement> matches;

    Kind(String words, Predicate<JsonElement> matches) {
      this.words = words;
      this.matches = matches;
    }
  }

  private final JsonObject issue;

  private GhIssueSchema(JsonObject issue) {
    this.issue = issue;
  }

  /**
   * @throws IllegalStateException if it is no issue; the message says what is wrong with it
   */
  static void check(JsonObject issue) {
    GhIssueSchema shape = new GhIssueSchema(issue);
    shape.said("number", Kind.NUMBER);
    shape.said("createdAt", Kind.TEXT);
    shape.said("title", Kind.TEXT);
    shape.said("state", Kind.TEXT);
    shape.said("updatedAt", Kind.TEXT);
    shape.there("body", Kind.TEXT);
    shape.there("labels", Kind.LABELS);
    shape.there("assignees", Kind.PEOPLE);
    shape.there("author", Kind.PERSON);
    shape.ofKind("url", Kind.TEXT);
    shape.ofKind("comments", Kind.COMMENTS);
  }

  /** It is there, and not null. */
  private void said(String field, Kind kind) {
    if (isNothing(issue.get(field))) {
      throw new IllegalStateException(field + ADVICE);
    }
    ofKind(field, kind);
  }

  /** It is there; gh prints null where there is nothing to say. */
  private void there(String field, Kind kind) {
    if (!issue.has(field)) {
      throw new IllegalStateException(field + ADVICE);
    }
    ofKind(field, kind);
  }

  private void ofKind(String field, Kind kind) {
    JsonElement value = issue.get(field);
    if (!isNothing(value) && !kind.matches.test(value)) {
      throw new IllegalStateException(field + " must be " + kind.words);
    }
  }

  private static boolean isNothing(JsonElement value) {
    return value == null || value.isJsonNull();
  }

  private static boolean isNumber(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
  }

  private static boolean isText(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
  }

  private static boolean isTextOrNothing(JsonElement value) {
    return isNothing(value) || isText(value);
  }

  /** A person, or their login alone. */
  private static boolean isPerson(JsonElement value) {
    return value.isJsonObject()
        ? isTextOrNothing(value.getAsJsonObject().get("login"))
        : isText(value);
  }

  /** Null stands for an account that is no more. */
  private static boolean isPersonOrNull(JsonElement value) {
    return isNothing(value) || isPerson(value);
  }

  /** A label, or its name alone. */
  private static boolean isLabel(JsonElement value) {
    JsonElement name = value.isJsonObject() ? value.getAsJsonObject().get("name") : value;
    return name != null && isText(name);
  }

  private static boolean isComment(JsonElement value) {
    if (!value.isJsonObject()) {
      return false;
    }
    JsonObject comment = value.getAsJsonObject();
    return isPersonOrNull(comment.get("author"))
        && isTextOrNothing(comment.get("body"))
        && isTextOrNothing(comment.get("createdAt"));
  }

  private static boolean isListOf(JsonElement value, Predicate<JsonElement> each) {
    if (!value.isJsonArray()) {
      return false;
    }
    for (JsonElement element : value.getAsJsonArray()) {
      if (!each.test(element)) {
        return false;
      }
    }
    return true;
  }
}
