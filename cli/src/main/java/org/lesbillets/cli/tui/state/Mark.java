package org.lesbillets.cli.tui.state;

/**
 * The marks beside a ticket, so that no information is given by colour alone. Each is one cell, in
 * Unicode as in ASCII.
 */
public enum Mark {
  CURSOR('❯', '>', "the ticket the keys speak of"),
  FRESH('●', '*', "it has just changed"),
  GONE('×', '-', "it left this list, and goes when the cursor moves"),
  MINE('◆', '@', "locked by you"),
  OTHERS('◇', 'o', "locked by somebody else"),
  WAITING('»', 'w', "locked by somebody else, and you stand in line for it"),
  ENDING('!', '!', "the lock runs out soon"),
  CLOSED('✓', 'x', "closed");

  private final char unicode;
  private final char ascii;
  private final String words;

  Mark(char unicode, char ascii, String words) {
    this.unicode = unicode;
    this.ascii = ascii;
    this.words = words;
  }

  public char unicode() {
    return unicode;
  }

  public char ascii() {
    return ascii;
  }

  /** Its meaning, for the help. */
  public String words() {
    return words;
  }
}
