package org.lesbillets.cli.output.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.SyncFailedException;

/** Standard output of this process. */
final class StandardOutput extends FileOutputStream implements DurableOutput {
  private static final int NUMBER = 1;

  StandardOutput() {
    super(FileDescriptor.out);
  }

  /** Pipes, terminals and devices cannot be synced: only the failure of a file is one. */
  @Override
  public void sync() throws IOException {
    try {
      getFD().sync();
    } catch (SyncFailedException e) {
      if (SystemTerminal.isFile(NUMBER)) {
        throw e;
      }
    }
  }
}
