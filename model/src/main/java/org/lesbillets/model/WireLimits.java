package org.lesbillets.model;

import java.time.Duration;

/**
 * The bounds of version 1 of the protocol. Lengths are in code points unless they say otherwise.
 * Constants; any thread.
 */
public final class WireLimits {
  /** The version of the protocol these bounds belong to. */
  public static final int PROTOCOL_VERSION = 1;

  /** A whole message from a client, in bytes of UTF-8. */
  public static final int CLIENT_MESSAGE_BYTES = 256 * 1024;

  /** How deep objects and arrays of a client's message may nest; the message itself is level 1. */
  public static final int CLIENT_MESSAGE_DEPTH = 32;

  /** How deep objects and arrays of a server's message may nest. */
  public static final int SERVER_MESSAGE_DEPTH = 64;

  /** A whole message from a server, in bytes of UTF-8. */
  public static final int SERVER_MESSAGE_BYTES = 2 * 1024 * 1024;

  public static final int REQUEST_ID = 64;
  public static final int TITLE = 200;

  /** Requester, reference, note, reason, client, and the id of a journal. */
  public static final int LINE = 200;

  public static final int TAG = 40;

  /** Tags of a ticket, and tags added or removed at once. */
  public static final int TAGS = 20;

  /** A description or a comment, in bytes of UTF-8. */
  public static final int TEXT_BYTES = 64 * 1024;

  public static final Duration MIN_TTL = Duration.ofSeconds(1);
  public static final Duration MAX_TTL = Duration.ofHours(8);

  /** Ttl of a lock when the request names none. */
  public static final Duration DEFAULT_TTL = Duration.ofMinutes(15);

  /** The longest wait that is given as a time; who wants longer waits for ever. */
  public static final Duration MAX_WAIT = Duration.ofDays(30);

  /** The longest time a claim that is given back may sleep. */
  public static final Duration MAX_WAKE = Duration.ofDays(366);

  /** The longest time that sessions have when the server is drained. */
  public static final Duration MAX_DRAIN = Duration.ofDays(1);

  /** Revisions, tokens and counts: what every language's numbers hold exactly. */
  public static final long MAX_INTEGER = (1L << 53) - 1;

  /** The highest number of a ticket. */
  public static final long MAX_NUMBER = TicketRef.MAX_NUMBER;

  /** Failed attempts of a ticket. */
  public static final long ATTEMPTS = 1_000_000;

  /** The key of a raised ticket. */
  public static final int KEY = 100;

  /** The longest time since its end in which a raised ticket is opened again. */
  public static final Duration MAX_REOPEN = Duration.ofDays(366);

  /** Tickets a list may be cut to. */
  public static final int MAX_LIST_LIMIT = Integer.MAX_VALUE;

  /** Comments and events in one answer to GetTicket. */
  public static final int MAX_PAGE_LIMIT = 1_000;

  /** Comments and events in one answer to GetTicket that names no limit. */
  public static final int DEFAULT_PAGE_LIMIT = 100;

  /** Tickets in one part of AllTickets. */
  public static final int PART_TICKETS = 1_000;

  /** One part of AllTickets, in bytes of UTF-8, unless a single ticket is larger. */
  public static final int PART_BYTES = 256 * 1024;

  /** Requests of one connection that are not answered yet. */
  public static final int UNANSWERED_REQUESTS = 256;

  private WireLimits() {}
}
