package org.lesbillets.server.soak.power;

import java.nio.file.Path;

/**
 * One system call on the data directory, or one write to a socket. Instants are the numbers of the
 * recording's lines.
 *
 * @param path of the file; the data directory for a socket
 * @param target the new path of a rename
 * @param offset of a write, or the length that is left by a truncation
 * @param bytes that were written
 * @param began when the call was entered
 * @param ended when it returned; Integer.MAX_VALUE when it did not
 */
public record DiskOperation(
    Kind kind, Path path, Path target, long offset, byte[] bytes, int began, int ended) {

  /** What was called. */
  public enum Kind {
    CREATE,
    TRUNCATE,
    WRITE,
    SYNC,
    SYNC_DIRECTORY,
    UNLINK,
    RENAME,
    /** Bytes to a socket. */
    SEND
  }

  /** An operation on a path that needs no more. */
  static DiskOperation of(Kind kind, Path path, int began, int ended) {
    return new DiskOperation(kind, path, path, 0, new byte[0], began, ended);
  }

  /** The same write of these bytes. */
  DiskOperation of(byte[] written, long place) {
    return new DiskOperation(kind, path, target, place, written, began, ended);
  }

  /** The same truncation to so many bytes. */
  DiskOperation at(long length) {
    return new DiskOperation(kind, path, target, length, bytes, began, ended);
  }

  /** The same rename to a path. */
  DiskOperation to(Path to) {
    return new DiskOperation(kind, path, to, offset, bytes, began, ended);
  }
}
