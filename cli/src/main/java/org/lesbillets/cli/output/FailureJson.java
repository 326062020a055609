package org.lesbillets.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.lesbillets.model.message.ServerMessage;

/** A failure as one line of JSON, for scripts that asked for JSON. */
public final class FailureJson {
  private FailureJson() {}

  /** A refusal of the server. */
  public static String of(ServerMessage.Rejected rejected) {
    return line(rejected.code().name(), rejected.message(), WireJson.details(rejected));
  }

  /** A failure of any other kind, which has no details. */
  public static String of(String code, String message) {
    return line(code, message, null);
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
