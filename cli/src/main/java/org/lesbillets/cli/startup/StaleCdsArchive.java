package org.lesbillets.cli.startup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Removes a class-data archive that the launcher named and the virtual machine refused, because its
 * jars or its Java have changed: a start with it is slower than without. Refused means that the
 * property {@code java.vm.info} does not say "sharing". The launcher then has another one made.
 * Stateless.
 */
public final class StaleCdsArchive {
  /** Set by the launcher, to the path of the archive. */
  private static final String NAMED = "billets.archive";

  private StaleCdsArchive() {}

  public static void drop() {
    String named = System.getProperty(NAMED);
    if (named != null && !System.getProperty("java.vm.info", "").contains("sharing")) {
      try {
        Files.deleteIfExists(Path.of(named));
      } catch (IOException e) {
        // It is the installation's, which this user cannot change.
      }
    }
  }
}
