package org.lesbillets.model;

/** A constant that has a name on the wire, in the query language and in output. */
public interface WireNamed {
  String wireName();
}
