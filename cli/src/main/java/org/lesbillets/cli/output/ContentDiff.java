package org.lesbillets.cli.output;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.text.PlainText;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketContent;

/**
 * Unified diff of two contents of a ticket, field by field in the order of the template, the
 * description last with up to three lines of context. Long lines are cut to the screen. Confined to
 * one thread.
 */
public final class ContentDiff implements FieldChange.Visitor<List<String>> {
  private static final int AROUND = 3;
  private static final int LABEL = 13;
  private static final String FILE_NAMES = "";

  private final TicketContent before;
  private final TicketContent after;
  private final boolean colour;

  private ContentDiff(TicketContent before, TicketContent after, boolean colour) {
    this.before = before;
    this.after = after;
    this.colour = colour;
  }

  public static List<String> lines(TicketContent before, TicketContent after, boolean colour) {
    ContentDiff diff = new ContentDiff(before, after, colour);
    List<String> lines = new ArrayList<>();
    List<String> description = new ArrayList<>();
    for (FieldChange change : after.changesSince(before)) {
      boolean isLast = change instanceof FieldChange.Rewritten;
      (isLast ? description : lines).addAll(change.accept(diff));
    }
    lines.addAll(description);
    return lines;
  }

  private String painted(TextTone tone, String line) {
    return tone.paint(PlainText.line(line).stripTrailing(), colour);
  }

  private String label(String name) {
    return CellText.padRight(name + ":", LABEL);
  }

  @Override
  public List<String> onReplaced(FieldChange.Replaced change) {
    String name = label(change.field().wireName());
    List<String> lines = new ArrayList<>();
    if (change.from() != null) {
      lines.add(painted(TextTone.ALARM, "- " + name + change.from()));
    }
    if (change.to() != null) {
      lines.add(painted(TextTone.GOOD, "+ " + name + change.to()));
    }
    return lines;
  }

  @Override
  public List<String> onRetagged(FieldChange.Retagged change) {
    Stream<String> removed =
        change.from().stream()
            .filter(tag -> !change.to().contains(tag))
            .map(tag -> painted(TextTone.ALARM, "- " + label("tag") + tag));
    Stream<String> added =
        change.to().stream()
            .filter(tag -> !change.from().contains(tag))
            .map(tag -> painted(TextTone.GOOD, "+ " + label("tag") + tag));
    return Stream.concat(removed, added).toList();
  }

  @Override
  public List<String> onRewritten(FieldChange.Rewritten change) {
    List<String> old = split(before.description());
    Patch<String> patch = DiffUtils.diff(old, split(after.description()));
    Stream<String> hunks =
        UnifiedDiffUtils.generateUnifiedDiff(FILE_NAMES, FILE_NAMES, old, patch, AROUND).stream()
            .skip(2)
            .map(this::described);
    return Stream.concat(Stream.of("  description:"), hunks).toList();
  }

  private static List<String> split(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
  }

  private String described(String line) {
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
    return painted(tone, isPlace ? line : line.charAt(0) + " " + text);
  }
}
