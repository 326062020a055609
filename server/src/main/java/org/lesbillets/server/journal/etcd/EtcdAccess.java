package org.lesbillets.server.journal.etcd;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a server reaches its desk in etcd. Immutable.
 *
 * @param authority certificates of who may have signed the members' own; null for those that Java
 *     trusts
 * @param certificate the server's own chain, with its {@code key}; null for none
 * @param key null for none
 * @param user whose password is the first line of {@code passwordFile}; null for none
 * @param passwordFile null for none
 */
public record EtcdAccess(
    EtcdAddress address,
    Path authority,
    Path certificate,
    Path key,
    String user,
    Path passwordFile) {

  public EtcdAccess {
    Objects.requireNonNull(address, "address");
  }

  /** Without user and certificates. */
  public static EtcdAccess open(EtcdAddress address) {
    Path none = null;
    return new EtcdAccess(address, none, none, none, null, none);
  }
}
