package org.lesbillets.cli.tui.state;

import java.util.HashMap;
import java.util.Map;

/** What the view knows of the drafts on disk. Owned by the thread of the model. */
public final class DraftState {
  /** What was last put there, and when. */
  public Object kept;

  public long keptNanos;

  /** For each draft, the id of the last effect there was when it was put there. */
  public final Map<Object, Long> keptAt = new HashMap<>();

  /** What is looked for there for the input that is open; null when nothing is. */
  public DraftKey sought;

  /** Whether the editor was asked for before it was known whether there is a draft. */
  public boolean editorWished;

  /** What the disk said last when something went wrong; null when nothing did. */
  public String trouble;

  /** How that was said; it is over when the disk works again. */
  public StatusLine troubleSaid;
}
