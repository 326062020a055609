package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.tui.update.Play.ALICE;
import static org.lesbillets.cli.tui.update.Play.BOB;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.client.watch.ConnectionState;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;

/** What is typed goes to the disk, and comes back. */
class DraftingTest {
  private final Play play = Play.live(ticket(1).title("Printer").make(), ticket(2).make());

  private List<Effect.SaveDraft> kept() {
    return play.all(Effect.SaveDraft.class);
  }

  private static String title(Effect.SaveDraft draft) {
    return draft.fields().get(TicketField.TITLE).text();
  }

  @Test
  void whatIsTypedIsKeptOnceASecond() {
    play.press("n").type("a");
    for (int n = 0; n < 40; n++) {
      play.type("b").after(Duration.ofMillis(100));
    }
    assertEquals(4, kept().size());
    play.seconds(9).press("Left Right").seconds(2);
    assertEquals(4, kept().size(), "nothing new was typed");
    assertEquals("a" + "b".repeat(40), title(play.drafts.get("new")));
  }

  @Test
  void whatNobodyTypedIsNotKept() {
    play.press("n").seconds(5).press("Esc e").answer().seconds(5).press("Esc c").seconds(5);
    assertEquals(List.of(), kept());
  }

  @Test
  void aLostConnectionKeepsItAtOnce() {
    play.press("c").type("Half a").lose("the server went away");
    assertEquals("Half a", play.drafts.get("comment 1").text());
    play.type("!").news(new WatchEvent.GivenUp("the token is not known"));
    assertEquals("Half a!", play.drafts.get("comment 1").text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ctrl-C", "Ctrl-Z"})
  void leavingTheProgramKeepsIt(String key) {
    play.press("c").type("Half a").press(key);
    assertEquals("Half a", play.drafts.get("comment 1").text());
  }

  @Test
  void beingToldToEndKeepsIt() {
    play.press("e").type("X").take(UiEvent.Signal.END_ASKED);
    assertEquals("PrinterX", title(play.drafts.get("edit 1")));
    assertEquals(1, play.all(Effect.LoopCommand.QUIT).size());
  }

  @Test
  void theDraftOfATicketIsThereAgain() {
    play.press("e").answer().type("X").press("Esc").answer().press("e");
    assertEquals("PrinterX", play.field(TicketField.TITLE));
    assertEquals("This is your draft of yesterday; Ctrl-X throws it away.", play.form().notice());
    assertFalse(play.form().touched());
    play.answer().press("Ctrl-S").answer();
    assertEquals("PrinterX", play.desk.ticket(1).content().title());
    assertEquals(Map.of(), play.drafts);
  }

  @Test
  void aDraftIsBroughtOverToATicketThatMoved() {
    play.press("e").answer().type("X").press("Esc").answer();
    play.bobUpdates(1, TicketPatch.of(TicketField.TITLE, "Theirs"));
    play.bobUpdates(1, TicketPatch.NOTHING.withTags(List.of("new"), List.of()));
    play.press("e").answer();
    assertEquals("PrinterX", play.field(TicketField.TITLE));
    assertEquals("new", play.field(TicketField.TAGS));
    assertEquals(Map.of(TicketField.TITLE, "Theirs"), play.form().theirs());
    assertEquals(play.desk.ticket(1).changedRevision(), play.form().base().revision());
  }

  @Test
  void aDraftThatWasMergedIsWrittenWithTheNextEdit() {
    play.press("e").answer().type("X").press("Esc").answer();
    play.bobUpdates(1, TicketPatch.NOTHING.withTags(List.of("new"), List.of()));
    play.press("e").answer().seconds(2);
    assertEquals(1, kept().size(), "nothing was typed");
    play.type("Y").press("Backspace").seconds(2);
    assertEquals("PrinterX", title(kept().get(1)));
    assertEquals("new", kept().get(1).fields().get(TicketField.TAGS).text());
  }

  @Test
  void aDraftThatSaysWhatTheTicketSaysByNowIsNone() {
    play.press("e").answer().type("X").press("Esc").answer();
    play.bobUpdates(1, TicketPatch.of(TicketField.TITLE, "PrinterX")).press("e");
    assertNull(play.form().notice());
  }

  @Test
  void aDraftOfAnotherTicketIsNotPutIn() {
    play.diskIsSlow = true;
    play.press("e Esc j e");
    DraftKey first = play.all(Effect.FindDraft.class).get(0).key();
    play.take(new EffectResult.DraftFound(first, fields("Other"), null, "yesterday"));
    assertEquals("Ticket 2", play.field(TicketField.TITLE));
    play.press("Esc").take(new EffectResult.DraftFound(first, fields("Other"), null, "yesterday"));
    assertNull(play.model.input());
  }

  private static Map<TicketField<?>, TypedText> fields(String title) {
    return Map.of(TicketField.TITLE, TypedText.of(title));
  }

  @Test
  void aDraftThatLacksFieldsLeavesThemAsTheyAre() {
    play.diskIsSlow = true;
    play.press("n");
    play.take(new EffectResult.DraftFound(new DraftKey.OfNew(), fields("Half"), null, "yesterday"));
    assertEquals("Half", play.field(TicketField.TITLE));
    assertEquals("normal", play.field(TicketField.PRIORITY));
    play.press("Ctrl-S");
    assertEquals(1, play.all(Effect.Change.class).size());
  }

  @Test
  void aDraftWithAWordThatIsNoChoiceIsMendedInTheForm() {
    play.diskIsSlow = true;
    play.press("e").answer();
    DraftKey key = play.last(Effect.FindDraft.class).key();
    Map<TicketField<?>, TypedText> strange =
        Map.of(TicketField.STATUS, TypedText.of("opn"), TicketField.PRIORITY, TypedText.of("hihg"));
    play.take(new EffectResult.DraftFound(key, strange, null, "yesterday"));
    play.press("Ctrl-S");
    assertEquals("Status: 'opn' is not one of open, closed.", play.form().notice());
    play.press("Tab Space Ctrl-S");
    assertEquals("Priority: 'hihg' is not one of low, normal, high, urgent.", play.form().notice());
    play.press("Tab Left Ctrl-S").answer();
    assertNull(play.model.input());
  }

  @Test
  void aDraftIsNotSentByTheEditorOfTheDescription() {
    play.press("e").answer().type("X").press("Esc").answer();
    play.press("d").answer();
    assertEquals(List.of(), play.all(Effect.Edit.class));
    assertEquals("PrinterX", play.field(TicketField.TITLE));
    play.press("Ctrl-O").edited("Soon.");
    assertEquals(List.of(), play.all(Effect.Finish.class));
    assertEquals("Soon.", play.field(TicketField.DESCRIPTION));
  }

  private Play draftOfDescription() {
    play.press("d").answer(Effect.Hold.class);
    play.take(new EffectResult.Lost(1, play.form().lease().token(), lost())).edited("Half a");
    play.press("Esc").answer();
    assertEquals("Half a", description(play.drafts.get("edit 1")));
    play.desk.expire(1).ifPresent(play::happened);
    return play.forget();
  }

  private static LockLostReason lost() {
    return new LockLostReason(LockLostReason.Kind.TAKEN, BOB, null, TicketMaker.NOW, "bob took it");
  }

  private static String description(Effect.SaveDraft draft) {
    return draft.fields().get(TicketField.DESCRIPTION).text();
  }

  /** Whatever is faster, the lock or the disk. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theEditorOpensWithTheDraftOfTheDescription(boolean slowDisk) {
    draftOfDescription();
    play.diskIsSlow = slowDisk;
    play.press("d").answer(Effect.Hold.class);
    assertEquals(slowDisk ? 0 : 1, play.all(Effect.Edit.class).size());
    play.disk();
    assertEquals("Half a", play.last(Effect.Edit.class).text());
    play.edited("Half a text.").disk().answer().disk();
    assertEquals("Half a text.", play.desk.ticket(1).content().description());
    assertEquals(Map.of(), play.drafts);
    assertNull(play.model.input());
  }

  @Test
  void whoLeavesTheEditorWithTheDraftAsItIsHasNotSentIt() {
    draftOfDescription().press("d").answer(Effect.Hold.class).edited("Half a").answer();
    assertEquals("Half a", play.field(TicketField.DESCRIPTION));
    assertEquals("", play.desk.ticket(1).content().description());
    play.press("Ctrl-X").answer();
    assertEquals(Map.of(), play.drafts);
  }

  @Test
  void aDraftThatAnotherHasWrittenOverIsLookedAtInTheForm() {
    draftOfDescription();
    TicketPatch theirs = TicketPatch.of(TicketField.DESCRIPTION, "Theirs.");
    play.bobUpdates(1, theirs).press("d").answer();
    assertEquals(List.of(), play.all(Effect.Edit.class));
    assertEquals(Map.of(TicketField.DESCRIPTION, "Theirs."), play.form().theirs());
  }

  @ParameterizedTest
  @ValueSource(strings = {"c", "n", "e"})
  void theEditorWaitsUntilItIsKnownWhetherThereIsADraft(String key) {
    play.press(key).answer().type("Half").press("Esc").answer();
    play.diskIsSlow = true;
    play.press(key).press("Ctrl-O");
    assertEquals(List.of(), play.all(Effect.Edit.class));
    play.disk();
    assertEquals(1, play.all(Effect.Edit.class).size());
    assertEquals(key.equals("c") ? "Half" : "", play.last(Effect.Edit.class).text());
    play.edited("More").press("Ctrl-O");
    assertEquals("More", play.last(Effect.Edit.class).text());
  }

  @Test
  void theEditorDoesNotWaitForWhoHasTyped() {
    play.press("c").type("Half").press("Esc");
    play.diskIsSlow = true;
    play.press("c").type("Other").press("Ctrl-O");
    assertEquals("Other", play.last(Effect.Edit.class).text());
    play.disk().edited("Other, and more");
    assertEquals("Other, and more", ((CommentBox) play.model.input()).typed().text());
    assertEquals("Half", play.earlier.get("comment 1").peek().text());
  }

  @Test
  void aDiskThatFailsDoesNotHoldUpTheEditor() {
    play.diskIsSlow = true;
    play.press("d").answer(Effect.Hold.class);
    DraftKey key = play.last(Effect.FindDraft.class).key();
    play.take(new EffectResult.DraftSaved(key, "/drafts", "the draft x cannot be read"));
    assertEquals(1, play.all(Effect.Edit.class).size());
  }

  @Test
  void aDiskThatFailsIsSaidOnceAndTriedAgain() {
    play.diskIsSlow = true;
    play.press("n").type("a").seconds(1);
    DraftKey key = new DraftKey.OfNew();
    play.take(new EffectResult.DraftSaved(key, null, "the disk is full"));
    assertEquals("What you typed is not on disk: the disk is full", play.status());
    play.bobLocks(1).type("b").press("F1 Esc");
    play.take(new EffectResult.DraftSaved(key, null, "the disk is full"));
    int tries = kept().size();
    play.seconds(1);
    assertEquals(tries + 1, kept().size());
    play.take(new EffectResult.DraftSaved(key, "/drafts/new", null));
    play.seconds(60);
    assertEquals("", play.status());
    play.take(new EffectResult.DraftSaved(key, null, "the disk is full"));
    assertEquals(StatusLine.Kind.REFUSED, play.model.status().kind());
  }

  @Test
  void aDraftThatCannotBeReadIsSaidAsItIs() {
    DraftKey key = new DraftKey.OfNew();
    play.press("n").type("a").seconds(1);
    play.take(new EffectResult.DraftSaved(key, "/drafts", "the draft x cannot be read"));
    assertEquals("The draft x cannot be read.", play.status());
    int tries = kept().size();
    play.seconds(5);
    assertEquals(tries, kept().size());
  }

  @Test
  void anAbsenceKeepsTheFormAsItIs() {
    play.press("e").answer().type("X");
    play.lose("the server went away").state(new ConnectionState.Connecting(1)).type("Y");
    assertEquals("PrinterXY", play.field(TicketField.TITLE));
    play.decide(
        ALICE,
        new UpdateTicket(
            null,
            null,
            TicketRef.of(2),
            TicketPatch.of(TicketField.TITLE, "Other"),
            null,
            null,
            false));
    play.snapshot(true).liven().type("Z");
    assertEquals("PrinterXYZ", play.field(TicketField.TITLE));
    assertTrue(play.form().lease().isHeld());
  }
}
