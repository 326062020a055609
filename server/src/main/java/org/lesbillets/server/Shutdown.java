package org.lesbillets.server;

import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.log.ServerLog;
import org.slf4j.Logger;

/**
 * The end of the process after a signal: closes the server, and halts with 0 when the outcome of
 * every change is known, else with 1. The thread "stop"; a second one, "stop-deadline", halts after
 * 4 s, so that a disk that does not answer cannot keep the process.
 */
final class Shutdown implements Runnable {
  private static final long LIMIT_MILLIS = 4_000;
  private static final long NOTICE_MILLIS = 500;

  private final Serving serving;
  private final ServiceNotifier notifier;

  Shutdown(Serving serving, ServiceNotifier notifier) {
    this.serving = serving;
    this.notifier = notifier;
  }

  @Override
  public void run() {
    Serving.log().info("Stopping: clients are asked to come back");
    Thread deadline = new Thread(this::haltLate, "stop-deadline");
    deadline.setDaemon(true);
    deadline.start();
    notifier.close();
    Thread notice = new Thread(notifier::stopping, "stop-notice");
    notice.setDaemon(true);
    notice.start();
    serving.close();
    await(notice);
    halt();
  }

  private static void await(Thread notice) {
    try {
      notice.join(NOTICE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void haltLate() {
    try {
      Thread.sleep(LIMIT_MILLIS);
      halt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Halts itself: after a signal the virtual machine would exit with 128 + n. */
  private synchronized void halt() {
    Logger log = Serving.log();
    Journal.Uncertain uncertain = serving.uncertain();
    if (uncertain.changes() > 0) {
      log.error(
          "The outcome of {} changes, from revision {} on, is unknown, since the disk did not"
              + " answer or failed. They are uncertain: their clients may ask again with the same"
              + " operation ids when the server is back",
          uncertain.changes(),
          uncertain.fromRevision());
    }
    log.info("Stopped");
    ServerLog.close();
    Runtime.getRuntime().halt(uncertain.changes() == 0 ? 0 : 1);
  }
}
