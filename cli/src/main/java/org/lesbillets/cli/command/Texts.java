package org.lesbillets.cli.command;

/** Texts from the command line. */
public final class Texts {
  private static final String STANDARD_INPUT = "-";

  private Texts() {}

  /** The text, or what standard input says where it is "-". */
  public static String given(String typed, String what, CommandContext context) {
    return STANDARD_INPUT.equals(typed) ? context.readText(what) : typed;
  }

  /** An empty text is none. */
  public static String orNull(String typed) {
    return typed == null || typed.isEmpty() ? null : typed;
  }
}
