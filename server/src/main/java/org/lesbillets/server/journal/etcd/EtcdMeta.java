package org.lesbillets.server.journal.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.wire.JournalCodec;
import org.lesbillets.server.journal.JournalException;

/**
 * What a desk in etcd says of itself, once and for all. Immutable.
 *
 * @param base what is added to a revision of etcd's to have the journal's
 * @param created etcd's revision that created the desk
 */
record EtcdMeta(String journalId, long base, long created) {
  private static final String FORMAT = "1";

  /**
   * Reads it; creates the desk if there is none. Of several servers that do so at once, one does.
   *
   * @throws JournalException if it cannot be read, or is of another format
   */
  static EtcdMeta open(EtcdConnection etcd, EtcdKeys keys, String newId) {
    ByteSequence value =
        ByteSequence.from(
            JournalCodec.encodeTexts(Map.of("format", FORMAT, "journalId", newId, "base", "0")));
    Op read = Op.get(keys.meta(), GetOption.DEFAULT);
    TxnResponse answer =
        etcd.await(
            etcd.transaction()
                .If(new Cmp(keys.meta(), Cmp.Op.EQUAL, CmpTarget.version(0)))
                .Then(Op.put(keys.meta(), value, PutOption.DEFAULT), read)
                .Else(read)
                .commit());
    return of(answer.getGetResponses().get(0).getKvs(), etcd.address());
  }

  /**
   * Decodes it.
   *
   * @param found the key; empty if it is gone
   */
  static EtcdMeta of(List<KeyValue> found, EtcdAddress address) {
    if (found.isEmpty()) {
      throw new JournalException(
          "The desk that was at %s is gone from etcd: restore the cluster from a backup."
              .formatted(address));
    }
    EtcdRecords records = new EtcdRecords(0);
    KeyValue meta = found.get(0);
    String format = records.text(meta, "format");
    if (!FORMAT.equals(format)) {
      throw new JournalException(
          "The desk at %s has format %s, and this version knows %s: upgrade this server."
              .formatted(address, format, FORMAT));
    }
    return new EtcdMeta(
        records.text(meta, "journalId"),
        Long.parseLong(records.text(meta, "base")),
        meta.getCreateRevision());
  }

  EtcdRecords records() {
    return new EtcdRecords(base);
  }
}
