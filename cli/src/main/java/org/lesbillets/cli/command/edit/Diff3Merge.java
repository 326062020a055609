package org.lesbillets.cli.command.edit;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Three-way merge of a text by lines, diff3: overlapping changes that differ become a conflict,
 * with both versions and the base between markers. Used once, by one thread.
 */
final class Diff3Merge {
  private static final String YOURS = "<<<<<<< yours";
  private static final String BEFORE = "||||||| before";
  private static final String BETWEEN = "=======";
  private static final String THEIRS = ">>>>>>> theirs";

  /** The marker lines, unlikely enough in a text. */
  static final List<String> MARKERS = List.of(YOURS, BEFORE, THEIRS);

  private final List<String> base;
  private final Deque<AbstractDelta<String>> ours;
  private final Deque<AbstractDelta<String>> others;
  private final List<String> merged = new ArrayList<>();
  private boolean conflict;
  private int position;

  private Diff3Merge(List<String> base, List<String> yours, List<String> theirs) {
    this.base = base;
    this.ours = new ArrayDeque<>(DiffUtils.diff(base, yours).getDeltas());
    this.others = new ArrayDeque<>(DiffUtils.diff(base, theirs).getDeltas());
  }

  /**
   * The result.
   *
   * @param conflict whether there are markers in the text
   */
  record Result(String text, boolean conflict) {}

  static Result of(String base, String yours, String theirs) {
    return new Diff3Merge(lines(base), lines(yours), lines(theirs)).result();
  }

  private static List<String> lines(String text) {
    return List.of(text.split("\n", -1));
  }

  private Result result() {
    while (!ours.isEmpty() || !others.isEmpty()) {
      int start = Math.min(start(ours), start(others));
      merged.addAll(base.subList(position, start));
      region(start);
    }
    merged.addAll(base.subList(position, base.size()));
    return new Result(String.join("\n", merged), conflict);
  }

  private static int start(Deque<AbstractDelta<String>> changes) {
    return changes.isEmpty() ? Integer.MAX_VALUE : changes.peek().getSource().getPosition();
  }

  /** All changes that touch one another, from {@code start} on. */
  private void region(int start) {
    List<AbstractDelta<String>> mine = new ArrayList<>();
    List<AbstractDelta<String>> their = new ArrayList<>();
    int end = start;
    while (start(ours) <= end || start(others) <= end) {
      boolean isMine = start(ours) <= end;
      AbstractDelta<String> next = isMine ? ours.poll() : others.poll();
      (isMine ? mine : their).add(next);
      end = Math.max(end, next.getSource().getPosition() + next.getSource().size());
    }
    List<String> yours = applied(mine, start, end);
    List<String> theirs = applied(their, start, end);
    if (mine.isEmpty() || yours.equals(theirs)) {
      merged.addAll(theirs);
    } else if (their.isEmpty()) {
      merged.addAll(yours);
    } else {
      conflict(yours, base.subList(start, end), theirs);
    }
    position = end;
  }

  private List<String> applied(List<AbstractDelta<String>> changes, int start, int end) {
    List<String> lines = new ArrayList<>();
    int at = start;
    for (AbstractDelta<String> change : changes) {
      lines.addAll(base.subList(at, change.getSource().getPosition()));
      lines.addAll(change.getTarget().getLines());
      at = change.getSource().getPosition() + change.getSource().size();
    }
    lines.addAll(base.subList(at, end));
    return lines;
  }

  private void conflict(List<String> yours, List<String> before, List<String> theirs) {
    conflict = true;
    merged.add(YOURS);
    merged.addAll(yours);
    merged.add(BEFORE);
    merged.addAll(before);
    merged.add(BETWEEN);
    merged.addAll(theirs);
    merged.add(THEIRS);
  }
}
