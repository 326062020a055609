package org.lesbillets.model.rules;

import java.util.Optional;
import org.lesbillets.model.Ticket;

/** What is known of keys beside the ticket that is decided upon. For one decision. */
public interface KeyFacts {
  /** Of one who knows a ticket only: no other ticket has a key. */
  KeyFacts NONE =
      new KeyFacts() {
        @Override
        public Optional<Ticket> open(String key) {
          return Optional.empty();
        }

        @Override
        public boolean isNewestComment(String text) {
          return false;
        }
      };

  /** The open ticket with a key. */
  Optional<Ticket> open(String key);

  /** Whether the newest comment of the ticket has this text. */
  boolean isNewestComment(String text);
}
