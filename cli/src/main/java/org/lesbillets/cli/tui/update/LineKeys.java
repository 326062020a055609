package org.lesbillets.cli.tui.update;

import java.time.Instant;
import java.util.List;
import org.lesbillets.cli.command.edit.ContentPatch;
import org.lesbillets.cli.command.edit.TemplateException;
import org.lesbillets.cli.command.edit.TicketTemplate;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.state.editor.FormText;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt.Purpose;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.cli.tui.update.EditorUpdates.InputKeys;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.FieldText;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;

/**
 * The keys of a {@link LinePrompt}: editing, history, completion, and what accepting it does for
 * each purpose. A filter is applied as it is typed. On the thread of the view.
 */
record LineKeys(UpdateContext context, LinePrompt prompt) implements InputKeys {
  @Override
  public void type(String text) {
    become(TextEditing.line(prompt.typed(), text));
  }

  @Override
  public void act(Action action) {
    switch (action) {
      case ACCEPT -> accept();
      case CANCEL -> cancel();
      case COMPLETE -> complete();
      case EARLIER -> recall(prompt.back() + 1);
      case LATER -> recall(prompt.back() - 1);
      default -> edit(action);
    }
  }

  private void edit(Action action) {
    if (action == Action.ERASE && prompt.typed().isEmpty() && prompt.purpose() == Purpose.COMMAND) {
      // Erasing the empty command line closes it.
      new EditorUpdates(context).close();
      return;
    }
    TypedText typed = TextEditing.intoLine(context).after(action, prompt.typed());
    if (typed != null) {
      become(typed);
    }
  }

  private void become(TypedText typed) {
    boolean same = typed.text().equals(prompt.typed().text());
    LinePrompt now = prompt.with(typed);
    context.input(same ? prompt.moved(typed) : now);
    if (!same && prompt.purpose() == Purpose.FILTER) {
      filter(now, finished(now.typed().text()));
    }
  }

  /** The query without a last word that is a field name whose colon is not typed yet. */
  private static String finished(String text) {
    int start = text.lastIndexOf(' ') + 1;
    String last = text.substring(start).replaceFirst("^-", "");
    return TicketQuery.fields().contains(last) ? text.substring(0, start) : text;
  }

  private boolean filter(LinePrompt now) {
    return filter(now, now.typed().text());
  }

  /** Applies the query; a syntax error leaves the list as it is. */
  private boolean filter(LinePrompt now, String text) {
    try {
      TicketQuery query = TicketQuery.parse(text.strip());
      if (!query.equals(context.listing.filters().wanted().query())) {
        new ListUpdates(context).show(context.listing.filters().wanted().withQuery(query));
      }
      return true;
    } catch (QuerySyntaxException e) {
      context.input(now.mistaken(e.mistake()));
      return false;
    }
  }

  private void recall(int back) {
    List<String> typed = context.editor.entered(prompt.purpose());
    if (back < 0 || back > typed.size()) {
      return;
    }
    String text = back == 0 ? prompt.stash() : typed.get(typed.size() - back);
    LinePrompt recalled = prompt.recalled(text, back);
    context.input(recalled);
    if (prompt.purpose() == Purpose.FILTER) {
      filter(recalled);
    }
  }

  private void cancel() {
    new EditorUpdates(context).close();
    if (prompt.purpose() == Purpose.FILTER
        && !context.listing.filters().before().equals(context.listing.filters().wanted())) {
      new ListUpdates(context).show(context.listing.filters().before());
      new ListUpdates(context).goTo(context.listing.filters().ticketBefore());
    }
  }

  private void complete() {
    Completion.Found found = new Completion(context.model()).complete(prompt);
    LinePrompt now = prompt.with(found.typed());
    boolean same = now.typed().text().equals(prompt.typed().text());
    context.input(now);
    if (!same && prompt.purpose() == Purpose.FILTER) {
      filter(now);
    }
    if (found.none() != null) {
      context.input(now.mistaken(found.none()));
    } else if (found.hint() != null) {
      context.input(now.hinted(found.hint()));
    }
  }

  private void accept() {
    String text = prompt.typed().text().strip();
    switch (prompt.purpose()) {
      case FILTER -> {
        if (filter(prompt)) {
          remember(text);
          new EditorUpdates(context).close();
        }
      }
      case COMMAND -> {
        remember(text);
        new EditorUpdates(context).close();
        new CommandLineUpdates(context).run(text);
      }
      case ASSIGNEE -> assign(text);
      case TAGS -> tag(text);
      case SNOOZE -> snooze(text);
      case REASON -> reason(text);
    }
  }

  private void remember(String text) {
    context.editor = context.editor.entering(prompt.purpose(), text);
  }

  private void assign(String text) {
    if (text.isEmpty()) {
      context.input(prompt.mistaken("type a name, me, or none for nobody"));
      return;
    }
    try {
      TicketPatch patch =
          TicketPatch.of(TicketField.ASSIGNEE, FormText.agent(text, context.typist()));
      remember(text);
      new EditorUpdates(context).close();
      context.update(prompt.ticket(), patch, "assigning");
    } catch (TemplateException e) {
      context.input(prompt.mistaken(e.getMessage()));
    }
  }

  private void snooze(String text) {
    Ticket ticket = prompt.ticket();
    if (text.isEmpty() && !ticket.isAsleep()) {
      context.input(prompt.mistaken("say until when: 2h, tomorrow 9:00, fri 17:00"));
      return;
    }
    if (text.equals(new TicketKeys(context).until(ticket))) {
      new EditorUpdates(context).close();
      context.done("#" + ticket.number() + " sleeps on.");
      return;
    }
    try {
      Instant until = TicketTemplate.read(TicketField.WAKE_AT, text, context.typist());
      TicketPatch patch = TicketPatch.of(TicketField.WAKE_AT, until);
      remember(text);
      new EditorUpdates(context).close();
      context.update(ticket, patch, until == null ? "waking" : "letting sleep");
    } catch (TemplateException e) {
      context.input(prompt.mistaken(e.getMessage()));
    }
  }

  private void tag(String text) {
    Ticket ticket = context.tickets.find(prompt.ticket().id()).orElse(prompt.ticket());
    // Compared with the tags that were shown, so that a tag added by others since then stays.
    TicketContent seen = prompt.ticket().content();
    TicketContent wished = seen.with(TicketField.TAGS, FieldText.readAll(text));
    try {
      TicketPatch patch = ContentPatch.checked(seen, wished);
      remember(text);
      new EditorUpdates(context).close();
      if (patch.isNothing()) {
        context.done("The tags of #" + ticket.number() + " stay as they are.");
      } else {
        context.update(ticket, patch, "tagging");
      }
    } catch (TemplateException e) {
      context.input(prompt.mistaken(e.getMessage()));
    }
  }

  private void reason(String text) {
    if (text.isEmpty()) {
      context.input(prompt.mistaken("say why: everybody is told"));
    } else if (text.codePointCount(0, text.length()) > 200) {
      context.input(prompt.mistaken("a reason has at most 200 characters"));
    } else {
      remember(text);
      new LockKeys(context).confirm(prompt.ticket(), text);
    }
  }
}
