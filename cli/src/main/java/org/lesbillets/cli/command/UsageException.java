package org.lesbillets.cli.command;

import java.util.List;

/** A command line that makes no sense. The message is a sentence that says what to type instead. */
public final class UsageException extends RuntimeException {
  private final transient List<String> pointer;

  public UsageException(String message) {
    this(message, List.of());
  }

  /**
   * @param pointer lines that show where the mistake is, for people
   */
  public UsageException(String message, List<String> pointer) {
    super(message);
    this.pointer = List.copyOf(pointer);
  }

  /** Lines to print below the sentence; perhaps none. */
  public List<String> pointer() {
    return pointer;
  }
}
