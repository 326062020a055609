package org.lesbillets.codegen;

/** A verb says something that has no place in the code to be written. The message says what. */
final class UnsupportedAnnotationException extends Exception {
  UnsupportedAnnotationException(String what) {
    super(what);
  }
}
