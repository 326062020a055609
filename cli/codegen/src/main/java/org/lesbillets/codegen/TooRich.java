package org.lesbillets.codegen;

/** A verb says something that has no place in the code to be written. The message says what. */
final class TooRich extends Exception {
  TooRich(String what) {
    super(what);
  }
}
