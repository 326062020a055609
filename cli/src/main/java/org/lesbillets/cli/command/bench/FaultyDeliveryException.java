package org.lesbillets.cli.command.bench;

/** Watchers did not get exactly the events that there were; the message counts how. */
public final class FaultyDeliveryException extends RuntimeException {
  FaultyDeliveryException(String message) {
    super(message);
  }
}
