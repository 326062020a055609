package org.lesbillets.cli.command.doctor;

import org.lesbillets.cli.output.Finding;
import org.lesbillets.model.place.NoHomeException;
import org.lesbillets.model.place.UserDirectories;

/**
 * Shortens paths below the home directory to {@code ~/…}, as the shell reads them. Immutable.
 *
 * @param prefix of the paths; null without a home directory
 */
record HomeNames(String prefix) {
  static HomeNames of(UserDirectories folders) {
    try {
      String home = folders.home().toString();
      // As a prefix, a home directory "/" would be part of every path.
      return new HomeNames(home.length() > 1 ? home + "/" : null);
    } catch (NoHomeException e) {
      return new HomeNames(null);
    }
  }

  Finding shortened(Finding finding) {
    return new Finding(
        finding.check(), finding.state(), shortened(finding.found()), shortened(finding.cure()));
  }

  private String shortened(String text) {
    return prefix == null || text == null ? text : text.replace(prefix, "~/");
  }
}
