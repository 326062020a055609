package org.lesbillets.server.journal.etcd;

import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.JournalContract;
import org.lesbillets.server.world.World;

/** Each test has a desk of its own on one member. */
final class EtcdJournalTest extends JournalContract {
  private static EtcdMember etcd;

  private final String desk = UUID.randomUUID().toString();

  @BeforeAll
  static void startEtcd() throws Exception {
    etcd = EtcdMember.start();
  }

  @AfterAll
  static void stopEtcd() {
    if (etcd != null) {
      etcd.close();
    }
  }

  @Override
  protected Journal open() {
    return another();
  }

  @Override
  protected int randomEvents() {
    return 60;
  }

  /** The queue is that of the other journals; to empty a full one takes etcd seconds. */
  @Override
  protected void moreThanTheQueueHoldsIsBusy() {}

  /** The journal of another server on the same desk. */
  private EtcdJournal another() {
    return EtcdJournal.open(etcd.access(desk), World.system());
  }
}
