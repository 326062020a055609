package org.lesbillets.model.wire;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;

/** Strict decoders of single fields, held to the limits of the protocol. Stateless; any thread. */
final class StrictFields {
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int UUID_LENGTH = 36;

  private StrictFields() {}

  /** A text of one line that must be there, 1 to {@code max} code points. */
  static String line(WireObject o, String name, int max) throws WireFormatException {
    return checkedLine(o, name, o.text(name), max);
  }

  /** A text of one line, or null when it is left out, null or "". */
  static String lineOrNull(WireObject o, String name, int max) throws WireFormatException {
    String text = o.textOrNull(name);
    return text == null || text.isEmpty()
        ? null
        : visible(o, name, checkedLine(o, name, text, max));
  }

  private static String checkedLine(WireObject o, String name, String text, int max)
      throws WireFormatException {
    if (text.isEmpty()) {
      throw o.beyond(name, 1, "is empty: give 1 to " + max + " characters");
    }
    if (TextRules.length(text) > max) {
      throw o.beyond(name, max, "is longer than " + max + " characters: shorten it");
    }
    if (!TextRules.isOneLine(text)) {
      throw o.wrong(
          name, "must be one line without control characters or half characters: remove them");
    }
    return text;
  }

  static String title(WireObject o, String name) throws WireFormatException {
    String title = line(o, name, WireLimits.TITLE);
    if (title.isBlank()) {
      throw o.wrong(name, "is blank: say in a few words what it is about");
    }
    return visible(o, name, title);
  }

  private static String visible(WireObject o, String name, String text) throws WireFormatException {
    if (!TextRules.isVisible(text)) {
      throw o.wrong(name, "has invisible characters only: write letters, digits or signs");
    }
    return text;
  }

  /** A text of many lines, or null when it is left out. */
  static String blockOrNull(WireObject o, String name) throws WireFormatException {
    String text = o.textOrNull(name);
    if (text == null) {
      return null;
    }
    if (TextRules.exceedsUtf8(text, WireLimits.TEXT_BYTES)) {
      throw new WireFormatException(
          RejectionCode.TOO_LARGE,
          null,
          o.path(name) + " is larger than " + WireLimits.TEXT_BYTES + " bytes: shorten it",
          RejectionDetails.limit(o.path(name), WireLimits.TEXT_BYTES));
    }
    if (!TextRules.isBlock(text)) {
      throw o.wrong(
          name,
          "must have no control characters but newline and tab, and no half characters:"
              + " remove them");
    }
    return text;
  }

  /** A text of many lines that says something. */
  static String block(WireObject o, String name) throws WireFormatException {
    o.text(name);
    String text = blockOrNull(o, name);
    if (text.isBlank()) {
      throw o.wrong(name, "is blank: say something");
    }
    return visible(o, name, text);
  }

  /** A key that must be there. */
  static String key(WireObject o, String name) throws WireFormatException {
    return key(o, name, o.text(name));
  }

  private static String key(WireObject o, String name, String key) throws WireFormatException {
    if (key.isEmpty()) {
      throw o.beyond(name, 1, "must be " + TicketRef.ByKey.RULE);
    }
    if (key.length() > WireLimits.KEY) {
      throw o.beyond(name, WireLimits.KEY, "must be " + TicketRef.ByKey.RULE);
    }
    if (!TicketRef.ByKey.isKey(key)) {
      throw o.wrong(name, "must be " + TicketRef.ByKey.RULE);
    }
    return key;
  }

  static UUID uuidOrNull(WireObject o, String name) throws WireFormatException {
    String text = o.textOrNull(name);
    if (text == null) {
      return null;
    }
    if (text.length() != UUID_LENGTH || !UUID_FORM.matcher(text).matches()) {
      throw o.wrong(name, "must be a UUID of 36 characters");
    }
    return UUID.fromString(text);
  }

  /** Tags to give to a ticket, each once. */
  static List<String> tags(WireObject o, String name) throws WireFormatException {
    List<String> tags = knownTags(o, name);
    for (String tag : tags) {
      visible(o, name, tag);
    }
    return tags;
  }

  /** Tags that a ticket may have got under older rules, each once. */
  static List<String> knownTags(WireObject o, String name) throws WireFormatException {
    Set<String> tags = new LinkedHashSet<>(o.texts(name));
    if (tags.size() > WireLimits.TAGS) {
      throw o.beyond(name, WireLimits.TAGS, "has more than " + WireLimits.TAGS + " tags");
    }
    for (String tag : tags) {
      if (tag.isEmpty()) {
        throw o.beyond(name, 1, "has an empty tag: leave it out");
      }
      if (TextRules.length(tag) > WireLimits.TAG) {
        throw o.beyond(
            name, WireLimits.TAG, "has a tag longer than " + WireLimits.TAG + " characters");
      }
      if (!TextRules.isOneLine(tag)) {
        throw o.wrong(name, "has a tag with control characters or half characters: remove them");
      }
    }
    return List.copyOf(tags);
  }

  static TicketRef ticket(WireObject o) throws WireFormatException {
    String typed = o.numberOrText("ticket");
    if (TicketRef.isTooHigh(typed)) {
      throw o.beyond(
          "ticket",
          WireLimits.MAX_NUMBER,
          "names no ticket: a number is at most " + WireLimits.MAX_NUMBER);
    }
    boolean isKey = typed.startsWith(TicketRef.ByKey.PREFIX);
    if (!isKey && typed.length() > UUID_LENGTH || !TextRules.isOneLine(typed)) {
      throw o.wrong(
          "ticket",
          "names no ticket: give its number, its UUID, the first 4 or more characters of its"
              + " UUID, or key: and its key");
    }
    if (isKey) {
      key(o, "ticket", typed.substring(TicketRef.ByKey.PREFIX.length()));
    }
    try {
      return TicketRef.parse(typed);
    } catch (IllegalArgumentException e) {
      throw o.wrong("ticket", "is wrong: " + e.getMessage());
    }
  }

  /** Where a watch is to resume. */
  static ResumePoint since(WireObject since) throws WireFormatException {
    String journalId = line(since, "journalId", WireLimits.LINE);
    long revision = since.count("revision");
    Instant at = since.timeOrNull("at");
    Long number = since.countOrNull("number");
    TimeMark told = at == null ? null : new TimeMark(at, number == null ? TimeMark.ALL : number);
    return new ResumePoint(journalId, revision, told);
  }

  /** What a list is to have of each ticket. */
  static Projection projection(WireObject o) throws WireFormatException {
    boolean count = o.flag("count");
    boolean fields = o.has("fields");
    if (count && fields) {
      throw o.wrong("fields", "cannot stand beside count: give one of the two");
    }
    if ((count || fields) && o.flag("watch")) {
      throw o.wrong(
          fields ? "fields" : "count",
          "cannot stand beside watch, which tells whole tickets: leave one of the two out");
    }
    return fields ? chosen(o) : count ? Projection.COUNT : Projection.WHOLE;
  }

  private static Projection chosen(WireObject o) throws WireFormatException {
    List<String> names = o.texts("fields");
    try {
      return Projection.of(names);
    } catch (IllegalArgumentException e) {
      throw o.wrong(
          "fields",
          names.stream().allMatch(TextRules::quotable)
              ? "is wrong: " + e.getMessage()
              : "is wrong: give names of a ticket's fields");
    }
  }
}
