package org.lesbillets.cli.output;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.output.table.TextTone;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.text.PlainText;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketContent;

/**
 * Unified diff of two contents of a ticket, field by field, the description last with up to three
 * lines of context. Confined to one thread.
 */
public final class ContentDiff implements FieldChange.Handler<Void> {
  private static final int AROUND = 3;
  private static final int LABEL = 13;
  private static final String FILE_NAMES = "";

  private final TicketContent before;
  private final TicketContent after;
  private final boolean colour;
  private final List<String> lines = new ArrayList<>();
  private final List<String> description = new ArrayList<>();

  private ContentDiff(TicketContent before, TicketContent after, boolean colour) {
    this.before = before;
    this.after = after;
    this.colour = colour;
  }

  public static List<String> lines(TicketContent before, TicketContent after, boolean colour) {
    ContentDiff diff = new ContentDiff(before, after, colour);
    after.changesSince(before).forEach(change -> change.accept(diff));
    diff.lines.addAll(diff.description);
    return diff.lines;
  }

  private void add(TextTone tone, String line) {
    lines.add(painted(tone, line));
  }

  private String painted(TextTone tone, String line) {
    return tone.paint(PlainText.line(line).stripTrailing(), colour);
  }

  private String label(String name) {
    return CellText.padRight(name + ":", LABEL);
  }

  @Override
  public Void onReplaced(FieldChange.Replaced change) {
    String name = label(change.field().wireName());
    if (change.from() != null) {
      add(TextTone.ALARM, "- " + name + change.from());
    }
    if (change.to() != null) {
      add(TextTone.GOOD, "+ " + name + change.to());
    }
    return null;
  }

  @Override
  public Void onRetagged(FieldChange.Retagged change) {
    change.from().stream()
        .filter(tag -> !change.to().contains(tag))
        .forEach(tag -> add(TextTone.ALARM, "- " + label("tag") + tag));
    change.to().stream()
        .filter(tag -> !change.from().contains(tag))
        .forEach(tag -> add(TextTone.GOOD, "+ " + label("tag") + tag));
    return null;
  }

  @Override
  public Void onRewritten(FieldChange.Rewritten change) {
    description.add("  description:");
    List<String> old = split(before.description());
    Patch<String> patch = DiffUtils.diff(old, split(after.description()));
    UnifiedDiffUtils.generateUnifiedDiff(FILE_NAMES, FILE_NAMES, old, patch, AROUND).stream()
        .skip(2)
        .forEach(this::described);
    return null;
  }

  private static List<String> split(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
  }

  private void described(String line) {
    TextTone tone =
        switch (line.charAt(0)) {
          case '+' -> TextTone.GOOD;
          case '-' -> TextTone.ALARM;
          case '@' -> TextTone.QUIET;
          default -> TextTone.PLAIN;
        };
    // A tab is blank space here, and no character to be afraid of.
    String text = line.substring(1).replace("\t", "    ");
    boolean isPlace = line.charAt(0) == '@';
    description.add(painted(tone, isPlace ? line : line.charAt(0) + " " + text));
  }
}
