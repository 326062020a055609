package org.lesbillets.cli.output;

import com.google.gson.JsonObject;

/**
 * What was done to the server. Immutable.
 *
 * @param sentence for people
 * @param json for programs; not to be changed
 */
public record AdminReport(String sentence, JsonObject json) {
  public static AdminReport of(String sentence, String name, String value) {
    JsonObject json = new JsonObject();
    json.addProperty(name, value);
    return new AdminReport(sentence, json);
  }

  public static AdminReport of(String sentence, String name, int value) {
    JsonObject json = new JsonObject();
    json.addProperty(name, value);
    return new AdminReport(sentence, json);
  }

  public static AdminReport of(String sentence, String name, boolean value) {
    JsonObject json = new JsonObject();
    json.addProperty(name, value);
    return new AdminReport(sentence, json);
  }
}
