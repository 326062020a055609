package org.lesbillets.cli.tui.state;

/** The screen behind pager and input. */
public enum Screen {
  LIST,
  DETAIL,
  OVERVIEW
}
