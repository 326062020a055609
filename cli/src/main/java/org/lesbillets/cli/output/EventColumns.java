package org.lesbillets.cli.output;

import com.google.gson.JsonObject;
import org.lesbillets.model.event.SequencedEvent;

/** The values of an event that can be chosen as columns. Stateless. */
public final class EventColumns {
  /** What happened, in words: the one value that is not on the wire. */
  public static final String WHAT = "what";

  private EventColumns() {}

  public static JsonObject of(SequencedEvent event) {
    JsonObject json = WireJson.event(event);
    json.addProperty(WHAT, EventSentence.what(event.event()));
    return json;
  }
}
