package org.lesbillets.cli.command.edit;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.field.TicketContent;

/**
 * Fuzz target of the edit template: a text is the content of a ticket or is refused by a {@link
 * TemplateException} with a sentence, and what was read is the same after it was written. For one
 * thread.
 */
public final class TemplateFuzz {
  private static final Typist ME =
      new Typist(new AgentName("alice"), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  private TemplateFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    TicketContent content;
    try {
      content = TicketTemplate.parse(text, ME);
    } catch (TemplateException e) {
      if (e.getMessage().isBlank()) {
        throw new AssertionError("refused without a sentence", e);
      }
      return;
    }
    try {
      TicketContent again = TicketTemplate.parse(TicketTemplate.bare(content), ME);
      if (!again.equals(content)) {
        throw new AssertionError("read " + content + ", read again " + again);
      }
    } catch (TemplateException e) {
      throw new AssertionError("not read again: " + content, e);
    }
  }
}
