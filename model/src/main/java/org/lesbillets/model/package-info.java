/**
 * The nouns of the desk: tickets, locks, comments, agents, and the book that folds events into the
 * state of all tickets. Server and clients share these types and this one fold; nothing here knows
 * JSON, sockets or disks.
 */
package org.lesbillets.model;
