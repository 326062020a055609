package org.lesbillets.cli.tui.state;

/** What is shown behind the input, if there is one. */
public enum Screen {
  LIST,
  DETAIL,
  OVERVIEW
}
