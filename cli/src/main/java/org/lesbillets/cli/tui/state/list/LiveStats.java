package org.lesbillets.cli.tui.state.list;

/** What is counted of the tickets as events arrive. Immutable. */
public record LiveStats(ViewCounts counts, Activity activity) {

  public LiveStats with(ViewCounts other) {
    return new LiveStats(other, activity);
  }

  public LiveStats with(Activity other) {
    return new LiveStats(counts, other);
  }
}
