package org.lesbillets.tidy;

/**
 * A place that breaks a rule.
 *
 * @param path from the module's directory, with slashes
 * @param line from 1
 * @param what what stands there
 */
record Finding(Rule rule, String path, int line, String what) {
  @Override
  public String toString() {
    return path + ":" + line + ": " + rule + ": " + rule.sentence() + " (" + what + ")";
  }
}
