package org.lesbillets.server.journal.etcd;

import org.lesbillets.server.world.World;

/**
 * A desk in etcd, for those that read and write it. Immutable; any thread.
 *
 * @param meta as it was when the journal was opened
 */
record EtcdDesk(EtcdConnection etcd, EtcdKeys keys, EtcdMeta meta, World world) {

  EtcdRecords records() {
    return meta.records();
  }
}
