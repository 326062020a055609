package org.lesbillets.cli.tui.state.list;

/** Counts of tickets and events. Immutable. */
public record LiveStats(ViewCounts counts, Activity activity) {

  public LiveStats with(ViewCounts other) {
    return new LiveStats(other, activity);
  }

  public LiveStats with(Activity other) {
    return new LiveStats(counts, other);
  }
}
