package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.render.Glyphs;
import org.lesbillets.cli.tui.render.ScreenRenderer;
import org.lesbillets.cli.tui.screen.GridCanvas;
import org.lesbillets.cli.tui.state.UiModel;
import org.lesbillets.cli.tui.state.editor.Input;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.cli.tui.state.list.ListRow;
import org.lesbillets.cli.tui.state.list.TicketFilterer;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.field.TicketField;

/**
 * Whatever is pressed, whatever others do, and however desk, disk and editor answer: there is no
 * exception, the cursor is on a ticket one sees, what was typed is changed by who types, and
 * whatever was asked for comes to its end.
 */
class RandomSessionsTest {
  /** Of so few tickets the numbers of the views are looked at after each step. */
  private static final int FEW = 500;

  private static final int STEPS = 10_000;

  @Test
  void aShiftOnASmallDesk() throws Exception {
    SeededTest.run(random -> new RandomSessionsTest().play(random, 30, STEPS));
  }

  /** On a desk whose lists are made elsewhere. */
  @Test
  void aShiftOnALargeDesk() throws Exception {
    SeededTest.run(random -> new RandomSessionsTest().play(random, 5_050, STEPS / 10));
  }

  private final List<Long> ids = new ArrayList<>();
  private int seen;

  private void play(Random random, int tickets, int steps) {
    RandomSessions hours =
        new RandomSessions(random, Play.settings(Play.view(null, "", "-updated")), tickets);
    ScreenRenderer renderer = new ScreenRenderer(Glyphs.values()[random.nextInt(2)]);
    for (int n = 0; n < steps; n++) {
      try {
        step(hours, renderer);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("at step " + n + ", " + hours.last() + ": " + e.getMessage(), e);
      }
    }
    hours.settle();
    check(hours.play);
  }

  private void step(RandomSessions hours, ScreenRenderer renderer) {
    Input before = hours.play.model.input();
    long awaited = hours.play.model.editor().awaited();
    boolean typed = hours.step();
    if (!typed) {
      checkTyped(hours, before, awaited);
    }
    if (hours.last().equals(RandomSessions.A_WHILE) && !hours.play.diskIsSlow) {
      checkDraft(hours.play);
    }
    check(hours.play);
    checkCounts(hours.play.model);
    checkEffects(hours.play);
    GridCanvas canvas =
        new GridCanvas(hours.play.model.layout().columns(), hours.play.model.layout().rows());
    renderer.draw(hours.play.model, canvas);
  }

  private static void check(Play play) {
    UiModel model = play.model;
    List<ListRow> window = model.list().visible();
    assertEquals(model.list().size() == 0, model.list().selected().isEmpty());
    if (model.list().size() > 0) {
      assertTrue(window.contains(model.list().selected().orElseThrow()));
      assertSame(
          model.list().selected().orElseThrow(),
          window.get(model.list().selectedIndex() - model.list().top()));
    }
    long locked = model.tickets().book().stream().filter(Ticket::isLocked).count();
    long open = model.tickets().book().stream().filter(Ticket::isOpen).count();
    assertEquals(locked, model.tickets().locked());
    assertEquals(open, model.tickets().open());
    assertEquals(model.tickets().book().size() - open, model.tickets().closed());
    assertTrue(model.status().text() != null && !model.status().text().contains("null"));
  }

  /** What is counted as tickets change is what a count from scratch finds. */
  private static void checkCounts(UiModel model) {
    if (model.counts().isKnown() && model.tickets().book().size() < FEW) {
      List<Filter> views = model.counts().views();
      Iterable<Ticket> all = model.tickets().book().stream()::iterator;
      List<Integer> found =
          new TicketFilterer.Count(views, false)
              .of(all, TicketFilterer.context(model.me(), model.now().wall()));
      for (int i = 0; i < views.size(); i++) {
        assertEquals(found.get(i), model.counts().count(i).getAsInt(), views.get(i) + "");
      }
    }
  }

  /** Each effect that is answered has an id that none had before. */
  private void checkEffects(Play play) {
    for (; seen < play.effects.size(); seen++) {
      Effect effect = play.effects.get(seen);
      long id = Play.id(effect);
      if (id > 0) {
        assertTrue(ids.isEmpty() || id > ids.get(ids.size() - 1), effect + "");
        ids.add(id);
      }
    }
  }

  /** What was typed is there, whatever came. */
  private static void checkTyped(RandomSessions hours, Input before, long awaited) {
    Input now = hours.play.model.input();
    if (before instanceof LinePrompt prompt) {
      assertEquals(prompt.typed(), ((LinePrompt) now).typed());
    } else if (before instanceof CommentBox box && box.touched()) {
      boolean sent = now == null && awaited > 0 && box.sending();
      assertTrue(sent || now instanceof CommentBox, "the comment is gone");
      assertTrue(sent || ((CommentBox) now).typed().equals(box.typed()), "the comment is another");
    } else if (before instanceof TicketForm form && form.touched()) {
      boolean sent = now == null && awaited > 0 && form.saving() == TicketForm.Saving.SENT;
      // A save of what is back to the ticket's own text, wished for before the lock came.
      boolean nothing =
          now == null && form.saving() == TicketForm.Saving.WISHED && form.isUnchanged();
      if (nothing) {
        return;
      }
      assertTrue(sent || now instanceof TicketForm, "the form is gone");
      if (!sent) {
        checkFields(form, (TicketForm) now);
      }
    }
  }

  private static void checkFields(TicketForm before, TicketForm now) {
    Map<TicketField<?>, String> unchanged = new LinkedHashMap<>();
    if (!before.isNew()) {
      unchanged.putAll(TicketForm.of(ticket(before)).texts());
    }
    for (TicketField<?> field : before.typedInto()) {
      String text = before.value(field).text();
      boolean left = field != before.focused() && text.equals(unchanged.get(field));
      if (!left) {
        assertEquals(text, now.value(field).text(), field + " was typed into");
      }
    }
  }

  /** What was typed is on disk, wherever one is. */
  private static void checkDraft(Play play) {
    Input input = play.model.input();
    if (input instanceof CommentBox box && box.touched() && !box.typed().text().isBlank()) {
      assertEquals(box.typed().text(), play.drafts.get(Play.name(box.draftKey())).text());
    } else if (input instanceof TicketForm form && form.touched() && !form.isUnchanged()) {
      Map<TicketField<?>, String> kept = new LinkedHashMap<>();
      play.drafts
          .get(Play.name(form.draftKey()))
          .fields()
          .forEach((field, typed) -> kept.put(field, typed.text()));
      assertEquals(form.texts(), kept);
    }
  }

  /** The ticket the form was made from. */
  private static Ticket ticket(TicketForm form) {
    Ticket any = TicketMaker.ticket(1).make();
    return any.withContent(form.base().content());
  }
}
