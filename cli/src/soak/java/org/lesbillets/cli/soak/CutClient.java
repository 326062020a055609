package org.lesbillets.cli.soak;

import java.util.List;
import org.lesbillets.cli.client.StallingProxy;

/** A watching client behind a proxy of its own. Asked by the thread of the run. */
interface CutClient extends AutoCloseable {
  StallingProxy proxy();

  /** The revision of the last event it has; 0 before the first. */
  long lastRevision();

  /** The revisions of all events it has, in the order in which they arrived; after its end. */
  List<Long> revisions();

  /** Snapshots it was given in place of missed events. */
  int reloads();

  @Override
  void close();
}
