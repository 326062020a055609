package org.lesbillets.cli.tui.update;

import java.util.HashMap;
import java.util.Map;
import org.lesbillets.cli.tui.state.StatusLine;

/** What the view knows of the drafts on disk. Owned by the thread of the model. */
final class OnDisk {
  /** What was last put there, and when. */
  Object kept;

  long keptNanos;

  /** For each draft, the id of the last effect there was when it was put there. */
  final Map<Object, Long> keptAt = new HashMap<>();

  /** What is looked for there for the input that is open; null when nothing is. */
  DraftKey sought;

  /** Whether the editor was asked for before it was known whether there is a draft. */
  boolean editorWished;

  /** What the disk said last when something went wrong; null when nothing did. */
  String trouble;

  /** How that was said; it is over when the disk works again. */
  StatusLine troubleSaid;
}
