package org.lesbillets.bench;

/** A program that does nothing: what a JVM costs before anything is asked of it. */
public final class EmptyProgram {
  private EmptyProgram() {}

  public static void main(String[] arguments) {}
}
