package org.lesbillets.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.lesbillets.model.message.ServerMessage;

/** Serialization of a failure to one line of JSON, for scripts that asked for JSON. Stateless. */
public final class FailureJson {
  private FailureJson() {}

  /** A refusal of the server. */
  public static String of(ServerMessage.Rejected rejected) {
    return of(rejected, rejected.message(), null);
  }

  /** The failure of a line of a batch. */
  static String of(BatchReport report) {
    return report.rejected() == null ? of(report.code(), report.message()) : of(report.rejected());
  }

  /**
   * A refusal of the server.
   *
   * @param message the sentence for people
   * @param ref which of several tickets it is about, as it was typed, or null
   */
  public static String of(ServerMessage.Rejected rejected, String message, String ref) {
    return line(rejected.code().name(), message, about(WireJson.details(rejected), ref));
  }

  /** A failure of any other kind, which has no details. */
  public static String of(String code, String message) {
    return of(code, message, null);
  }

  /**
   * A failure of any other kind.
   *
   * @param ref which of several tickets it is about, as it was typed, or null
   */
  public static String of(String code, String message, String ref) {
    return line(code, message, about(null, ref));
  }

  private static JsonElement about(JsonElement details, String ref) {
    if (ref == null) {
      return details;
    }
    JsonObject more = details == null ? new JsonObject() : details.getAsJsonObject();
    more.addProperty("ref", ref);
    return more;
  }

  /**
   * Several failures of one run: the first, with all of them in its details.
   *
   * @param failures each as {@code of} gives it; one or more
   */
  public static String ofAll(List<String> failures) {
    JsonObject first = JsonParser.parseString(failures.get(0)).getAsJsonObject();
    if (failures.size() == 1) {
      return WireJson.line(first);
    }
    JsonArray all = new JsonArray();
    failures.forEach(failure -> all.add(JsonParser.parseString(failure)));
    JsonObject details = new JsonObject();
    details.add("failures", all);
    String message = first.get("message").getAsString();
    String others =
        failures.size() == 2 ? "another failure" : failures.size() - 1 + " more failures";
    return line(first.get("code").getAsString(), message + " (and " + others + ")", details);
  }

  private static String line(String code, String message, JsonElement details) {
    JsonObject failure = new JsonObject();
    failure.addProperty("code", code);
    failure.addProperty("message", message);
    failure.add("details", details == null ? new JsonObject() : details);
    return WireJson.line(failure);
  }
}
