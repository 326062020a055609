package org.lesbillets.server.journal;

import java.io.IOException;
import java.nio.file.Path;

/** A process that holds a data directory until its input ends. */
final class DataDirectoryHolder {
  private DataDirectoryHolder() {}

  public static void main(String[] args) throws IOException {
    try (DataDirectory directory = DataDirectory.open(Path.of(args[0]))) {
      System.out.println("held " + directory.path());
      System.in.read();
    }
  }
}
