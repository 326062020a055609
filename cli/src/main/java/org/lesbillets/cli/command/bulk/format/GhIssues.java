package org.lesbillets.cli.command.bulk.format;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Streaming parser of issues as gh prints them with --json: in an array, or one after the other,
 * each beginning a line. Confined to one thread; holds one issue, and the names it had to rewrite.
 * A syntax error inside an array ends it; elsewhere parsing resumes at the next line that begins an
 * issue.
 */
final class GhIssues implements TicketSource {
  /** Unlike JsonParser as strict as the reader. */
  private static final TypeAdapter<JsonElement> JSON = new Gson().getAdapter(JsonElement.class);

  private final LineByLine lines;
  private final Set<String> renamed = new HashSet<>();

  /** Of the array, or of the issue that stands alone; null between them. */
  private JsonReader reader;

  private boolean inArray;

  /** Whether the array, or the issue that stands alone, has ended. */
  private boolean isOver;

  private boolean ended;
  private long begun;
  private long ordinal;

  GhIssues(InputStream in) {
    this.lines = new LineByLine(in);
  }

  @Override
  public ImportRecord next() {
    try {
      return ended || !hasNext() ? null : issue();
    } catch (JsonParseException | IllegalStateException | MalformedJsonException | EOFException e) {
      return broken(lines.problem());
    } catch (IOException e) {
      throw new UncheckedIOException("the input cannot be read: " + e.getMessage(), e);
    }
  }

  private boolean hasNext() throws IOException {
    while (true) {
      if (reader != null && isOver) {
        leave();
      }
      if (reader == null && !begin()) {
        return false;
      }
      JsonToken token = reader.peek();
      if (token == JsonToken.BEGIN_ARRAY && !inArray) {
        reader.beginArray();
        inArray = true;
      } else if (token == JsonToken.END_ARRAY) {
        reader.endArray();
        inArray = false;
        isOver = true;
      } else {
        begun = lines.number();
        return true;
      }
    }
  }

  private boolean begin() {
    isOver = false;
    reader = new JsonReader(lines);
    // Half characters and control characters of texts are mended there; strictly they would end
    // the file.
    reader.setStrictness(Strictness.LEGACY_STRICT);
    reader.setNestingLimit(Integer.MAX_VALUE);
    begun = lines.begin();
    ended = begun == 0;
    return !ended;
  }

  /** Nothing may follow in its line. */
  private void leave() throws IOException {
    begun = lines.number();
    lines.end();
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new MalformedJsonException("something follows in the same line");
    }
    reader = null;
  }

  private ImportRecord issue() throws IOException {
    JsonElement issue = JSON.read(reader);
    ordinal++;
    isOver = !inArray;
    return issue.isJsonObject()
        ? new GhIssue(issue.getAsJsonObject(), renamed).record(begun, Long.toString(ordinal))
        : ImportRecord.bad(begun, "this is no issue: an issue is a JSON object");
  }

  /**
   * @param problem of the line, where that is why
   */
  private ImportRecord broken(String problem) {
    long line = Math.max(1, inArray ? lines.number() : begun);
    String why = problem == null ? "this is not JSON" : "the line " + problem;
    if (inArray) {
      ended = true;
      return ImportRecord.bad(line, why + ": nothing from here on can be read");
    }
    reader = null;
    lines.backToObject();
    return ImportRecord.bad(line, why);
  }
}
