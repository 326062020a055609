package org.lesbillets.cli.output;

import com.google.gson.JsonObject;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Serialization of what a watch delivers to one line of JSON. Stateless; any thread. */
public final class WatchLine {
  private WatchLine() {}

  /** An event, as the wire has it. */
  public static String of(EventMessage event) {
    return WireJson.line(WireJson.event(event));
  }

  /** That events may be missing before what follows. */
  public static String of(ResumePoint at) {
    return WireJson.line(resync(at));
  }

  static JsonObject resync(ResumePoint at) {
    JsonObject line = new JsonObject();
    line.addProperty("type", "resync");
    line.addProperty("journalId", at.journalId());
    line.addProperty("revision", at.revision());
    return line;
  }
}
