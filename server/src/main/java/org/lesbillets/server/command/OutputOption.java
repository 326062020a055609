package org.lesbillets.server.command;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The option {@code --output} of every verb that ends, and what JSON looks like. One thread. */
public final class OutputOption {
  private static final Pattern ASKS_FOR_JSON =
      Pattern.compile("(^|\\x00)(-o[\\x00=]?|--output[\\x00=])json(\\x00|$)");

  /** The forms of the output; the constants bear the names of the option's values. */
  private enum Form {
    text,
    json
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      description = "The form of the output, and of errors. Default: text.")
  private Form form = Form.text;

  /** A writer of one JSON value. */
  interface Value {
    void write(JsonWriter json) throws IOException;
  }

  boolean isJson() {
    return form == Form.json;
  }

  /** Prints one JSON value as a line. */
  static void print(PrintWriter out, Value value) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setHtmlSafe(false);
      value.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println(text);
  }

  /**
   * Prints a failure as the object {@code {code, message, details}}.
   *
   * @param code {@code USAGE} or {@code FAILED}
   * @param problems several of one run, in {@code details}; may be empty
   */
  public static void printFailure(
      PrintWriter err, String code, String message, List<String> problems) {
    print(
        err,
        json -> {
          json.beginObject().name("code").value(code).name("message").value(message);
          json.name("details").beginObject();
          if (!problems.isEmpty()) {
            json.name("problems").beginArray();
            for (String problem : problems) {
              json.value(problem);
            }
            json.endArray();
          }
          json.endObject().endObject();
        });
  }

  /** Whether these words of a command line ask for JSON, also where they make no sense else. */
  public static boolean asksForJson(List<String> words) {
    return ASKS_FOR_JSON.matcher(String.join("\0", words)).find();
  }
}
