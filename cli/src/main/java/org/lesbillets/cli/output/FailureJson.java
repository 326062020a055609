package org.lesbillets.cli.output;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
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

  private static String line(String code, String message, JsonElement details) {
    JsonObject failure = new JsonObject();
    failure.addProperty("code", code);
    failure.addProperty("message", message);
    failure.add("details", details == null ? new JsonObject() : details);
    return WireJson.line(failure);
  }
}
