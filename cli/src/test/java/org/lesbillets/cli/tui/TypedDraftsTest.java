package org.lesbillets.cli.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.SampleTickets.PRINTER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.cli.command.edit.DraftBase;
import org.lesbillets.cli.command.edit.Drafts;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.cli.tui.state.editor.FormText;
import org.lesbillets.cli.tui.state.editor.TypedText;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;

class TypedDraftsTest {
  private static final Clock CLOCK = Clock.fixed(TicketMaker.NOW, ZoneOffset.UTC);
  private static final DraftKey NEW = new DraftKey.OfNew();
  private static final DraftKey COMMENT = new DraftKey.OfComment(PRINTER.id(), 17);
  private static final DraftKey EDIT = new DraftKey.OfEdit(DraftBase.of(PRINTER));

  @TempDir Path state;

  private Path folder() {
    return state.resolve("billets").resolve("drafts");
  }

  /** As in a view that has just begun. */
  private TypedDrafts begun() {
    return new TypedDrafts(new Drafts(folder(), CLOCK));
  }

  private static Effect.SaveDraft comment(String text) {
    return new Effect.SaveDraft(COMMENT, Map.of(), text);
  }

  private static Effect.SaveDraft fields(DraftKey key, String title) {
    Map<TicketField<?>, TypedText> fields = new LinkedHashMap<>();
    fields.putAll(FormText.written(PRINTER.content()));
    fields.put(TicketField.TITLE, TypedText.of(title));
    return new Effect.SaveDraft(key, fields, null);
  }

  private static EffectResult.DraftFound found(TypedDrafts drafts, DraftKey key) {
    return drafts
        .find(key)
        .map(e -> assertInstanceOf(EffectResult.DraftFound.class, e))
        .orElse(null);
  }

  private static String title(EffectResult.DraftFound found) {
    return found.fields().get(TicketField.TITLE).text();
  }

  private List<Path> files(String ending) throws IOException {
    if (!Files.exists(folder())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  @Test
  void eachKindIsKeptFoundAndDropped() throws Exception {
    for (Effect.SaveDraft draft :
        List.of(fields(NEW, "Half"), comment("Half"), fields(EDIT, "Half"))) {
      TypedDrafts one = begun();
      EffectResult.DraftSaved kept =
          assertInstanceOf(EffectResult.DraftSaved.class, one.save(draft));
      assertNull(kept.trouble());
      assertEquals(List.of(Path.of(kept.path())), one.left());
      TypedDrafts other = begun();
      EffectResult.DraftFound found = found(other, draft.key());
      assertEquals(draft.key(), found.key());
      assertEquals(draft.text(), found.text());
      assertEquals(
          draft.fields().isEmpty() ? Map.of() : texts(draft.fields()), texts(found.fields()));
      assertTrue(found.when().matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d"), found.when());
      other.take(draft.key());
      assertEquals(Optional.empty(), other.drop(draft.key()));
      assertNull(found(begun(), draft.key()));
      assertEquals(List.of(), files(""));
    }
  }

  private static Map<TicketField<?>, String> texts(Map<TicketField<?>, TypedText> fields) {
    Map<TicketField<?>, String> texts = new LinkedHashMap<>();
    fields.forEach((field, typed) -> texts.put(field, typed.text()));
    return texts;
  }

  @Test
  void whatIsKeptAgainIsOneFile() throws Exception {
    TypedDrafts drafts = begun();
    drafts.save(fields(EDIT, "a"));
    drafts.save(fields(EDIT, "ab"));
    drafts.save(comment("a"));
    drafts.save(comment("ab"));
    assertEquals(1, files(".txt").size());
    assertEquals(1, files(".note").size());
    assertEquals(2, drafts.left().size());
    assertEquals("ab", title(found(begun(), EDIT)));
  }

  /** Drafts that lie there from three earlier views. */
  private void olderOnes(Effect.SaveDraft... older) throws IOException {
    long time = 1_000;
    for (Effect.SaveDraft one : older) {
      TypedDrafts view = begun();
      view.save(one);
      Files.setLastModifiedTime(view.left().get(0), FileTime.fromMillis(time));
      time += 1_000;
    }
  }

  @Test
  void commentsThatAreOlderThanOneThatIsDoneWithDoNotComeBack() throws Exception {
    olderOnes(comment("first"), comment("second"), comment("third"));
    TypedDrafts drafts = begun();
    assertEquals("third", found(drafts, COMMENT).text());
    drafts.take(COMMENT);
    drafts.drop(COMMENT);
    assertNull(found(drafts, COMMENT));
    assertNull(found(begun(), COMMENT), "nor in the next view");
    assertEquals(2, files(".old").size(), "what was typed stays on disk");
    drafts.save(comment("fourth"));
    assertEquals("fourth", found(begun(), COMMENT).text());
  }

  @Test
  void newTicketsThatAreOlderDoNotComeBackEither() throws Exception {
    olderOnes(fields(NEW, "first"), fields(NEW, "second"));
    TypedDrafts drafts = begun();
    assertEquals("second", title(found(drafts, NEW)));
    drafts.take(NEW);
    drafts.save(fields(NEW, "second and more"));
    drafts.drop(NEW);
    assertNull(found(drafts, NEW));
    assertEquals(1, files(".old").size());
  }

  @Test
  void editsThatAreOlderAreLeftToTheVerb() throws Exception {
    olderOnes(fields(EDIT, "first"), fields(EDIT, "second"));
    TypedDrafts drafts = begun();
    assertEquals("second", title(found(drafts, EDIT)));
    drafts.take(EDIT);
    drafts.drop(EDIT);
    assertNull(found(drafts, EDIT));
    assertEquals("first", title(found(begun(), EDIT)));
    assertEquals(1, files(".txt").size());
  }

  @Test
  void aDraftThatWasNotGoneOnWithIsThereTheNextTime() throws Exception {
    olderOnes(comment("first"));
    TypedDrafts drafts = begun();
    assertEquals("first", found(drafts, COMMENT).text());
    drafts.save(comment("quick"));
    drafts.drop(COMMENT);
    assertEquals("first", found(drafts, COMMENT).text());
  }

  @Test
  void whatIsSetAsideIsToldAtTheEnd() throws Exception {
    TypedDrafts drafts = begun();
    drafts.save(comment("first"));
    Path first = drafts.left().get(0);
    Files.setLastModifiedTime(first, FileTime.fromMillis(1_000));
    drafts.find(COMMENT);
    drafts.save(comment("quick"));
    drafts.find(COMMENT);
    drafts.take(COMMENT);
    drafts.drop(COMMENT);
    assertEquals(List.of(Path.of(first + ".old")), drafts.left());
  }

  @Test
  void aTicketHasOneDraftThoughItMoves() throws Exception {
    TypedDrafts drafts = begun();
    drafts.save(fields(EDIT, "a"));
    DraftKey moved = new DraftKey.OfEdit(DraftBase.of(PRINTER.withRevision(99, 99)));
    drafts.save(fields(moved, "ab"));
    assertEquals(1, files(".txt").size());
    assertEquals(moved, found(begun(), EDIT).key());
  }

  @Test
  void commentsOnTwoTicketsAreTwo() {
    TypedDrafts drafts = begun();
    drafts.save(comment("one"));
    DraftKey other = new DraftKey.OfComment(TicketMaker.ticket(18).make().id(), 18);
    drafts.save(new Effect.SaveDraft(other, Map.of(), "two"));
    assertEquals("one", found(begun(), COMMENT).text());
    assertEquals("two", found(begun(), other).text());
  }

  @Test
  void whatWasFoundAndNotGoneOnWithIsLeftAlone() throws Exception {
    for (Effect.SaveDraft draft :
        List.of(fields(NEW, "old"), comment("old"), fields(EDIT, "old"))) {
      begun().save(draft);
      TypedDrafts drafts = begun();
      assertNotNull(found(drafts, draft.key()));
      drafts.save(draft.text() == null ? fields(draft.key(), "new") : comment("new"));
      drafts.drop(draft.key());
      EffectResult.DraftFound again = found(begun(), draft.key());
      assertEquals("old", draft.text() == null ? title(again) : again.text());
    }
  }

  @Test
  void whatWasKeptInTheSameViewIsLeftAloneTooUntilItIsGoneOnWith() {
    TypedDrafts drafts = begun();
    drafts.save(comment("first"));
    assertEquals("first", found(drafts, COMMENT).text());
    drafts.save(comment("second"));
    assertEquals(2, drafts.left().size());
    drafts.drop(COMMENT);
    assertEquals("first", found(drafts, COMMENT).text());
    drafts.take(COMMENT);
    drafts.drop(COMMENT);
    assertNull(found(drafts, COMMENT));
    assertEquals(List.of(), drafts.left());
  }

  @Test
  void nothingIsFoundWhereNothingIs() {
    TypedDrafts drafts = begun();
    for (DraftKey key : List.of(NEW, COMMENT, EDIT)) {
      assertEquals(Optional.empty(), drafts.find(key));
      drafts.take(key);
      assertEquals(Optional.empty(), drafts.drop(key));
    }
  }

  @Test
  void whatSaysWhatTheTicketSaidIsNoDraft() {
    begun().save(fields(EDIT, PRINTER.content().title()));
    assertEquals(Optional.empty(), begun().find(EDIT));
  }

  @Test
  void anythingCanBeTyped() {
    TypedDrafts drafts = begun();
    Map<TicketField<?>, TypedText> fields = new LinkedHashMap<>();
    fields.put(TicketField.TITLE, TypedText.of("  \"quoted\\\" # title: "));
    fields.put(TicketField.STATUS, TypedText.of("opn"));
    fields.put(TicketField.PRIORITY, TypedText.of("urgent"));
    fields.put(TicketField.ASSIGNEE, TypedText.of("not a name"));
    fields.put(TicketField.REQUESTER, TypedText.EMPTY);
    fields.put(TicketField.REFERENCE, TypedText.of("---"));
    fields.put(TicketField.TAGS, TypedText.of("a, \"b, c\","));
    fields.put(TicketField.WAKE_AT, TypedText.of("soon"));
    fields.put(TicketField.DESCRIPTION, TypedText.of("\n---\n# no comment\n\n"));
    drafts.save(new Effect.SaveDraft(NEW, fields, null));
    assertEquals(texts(fields), texts(found(begun(), NEW).fields()));
  }

  // With "billets edit".

  private static List<UpdateTicket> updates(ScriptedTicketService desk) {
    return desk.asked.stream()
        .filter(UpdateTicket.class::isInstance)
        .map(UpdateTicket.class::cast)
        .toList();
  }

  private BilletsRun.Result edit(ScriptedTicketService desk, String editor, String... args) {
    return BilletsRun.at(desk)
        .with("XDG_STATE_HOME", state.toString())
        .with("EDITOR", editor)
        .run(args);
  }

  @Test
  void editGoesOnWithWhatTheViewKept() throws Exception {
    begun().save(fields(EDIT, "Printer is out"));
    ScriptedTicketService desk = SampleTickets.editable();
    BilletsRun.Result result = edit(desk, "touch", "edit", "17", "--recover");
    assertEquals(ExitStatus.OK, result.status(), result.err());
    assertEquals(
        TicketPatch.of(TicketField.TITLE, "Printer is out"), updates(desk).get(0).changes());
    assertEquals(List.of(), files(""));
  }

  @Test
  void theViewGoesOnWithWhatEditKept() throws Exception {
    String breaking = "sed -i 's/^title: .*/title: Half done/' \"$1\"; exit 1 #";
    edit(SampleTickets.editable(), breaking, "edit", "17");
    TypedDrafts drafts = begun();
    assertEquals("Half done", title(found(drafts, EDIT)));
    drafts.take(EDIT);
    drafts.save(fields(EDIT, "Done"));
    assertEquals(1, files(".txt").size());
    ScriptedTicketService desk = SampleTickets.editable();
    edit(desk, "touch", "edit", "17", "--recover");
    assertEquals(TicketPatch.of(TicketField.TITLE, "Done"), updates(desk).get(0).changes());
  }

  // Files that are not as they should be.

  @Test
  void aFileOfSomebodyElsesIsLeftAlone() throws Exception {
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("new.note"), "not a template");
    Files.write(folder().resolve("comment-17-" + PRINTER.id() + ".note"), new byte[] {(byte) 0xFF});
    TypedDrafts drafts = begun();
    assertEquals(Optional.empty(), drafts.find(NEW));
    assertEquals(Optional.empty(), drafts.find(COMMENT));
    drafts.save(fields(NEW, "mine"));
    drafts.drop(NEW);
    assertEquals("not a template", Files.readString(folder().resolve("new.note")));
  }

  @Test
  void aDraftSomebodyBrokeIsNotInTheWay() throws Exception {
    TypedDrafts before = begun();
    before.save(fields(EDIT, "mine"));
    Path file = before.left().get(0);
    Files.writeString(file, "title: mine\n(the rest is gone)\n");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
    TypedDrafts drafts = begun();
    assertEquals(Optional.empty(), drafts.find(EDIT));
    drafts.save(fields(EDIT, "again"));
    assertTrue(Files.readString(file).startsWith("title: mine"));
    assertEquals("again", title(found(begun(), EDIT)));
  }

  @Test
  void aDiskThatFailsIsASentence() throws Exception {
    Files.createDirectories(folder().getParent());
    Files.createFile(folder());
    TypedDrafts drafts = begun();
    for (Effect.SaveDraft draft : List.of(fields(NEW, "x"), comment("x"), fields(EDIT, "x"))) {
      EffectResult.DraftSaved kept =
          assertInstanceOf(EffectResult.DraftSaved.class, drafts.save(draft));
      assertNull(kept.path());
      assertTrue(kept.trouble().startsWith("the draft " + folder()), kept.trouble());
    }
    assertEquals(List.of(), drafts.left());
    Files.delete(folder());
    EffectResult.DraftSaved kept =
        assertInstanceOf(EffectResult.DraftSaved.class, drafts.save(fields(NEW, "x")));
    assertNull(kept.trouble(), "a disk that is mended is used");
  }

  @Test
  void whatCannotBeReadIsASentenceAndNoReasonToStop() throws Exception {
    Files.createDirectories(folder().resolve("new.note"));
    TypedDrafts drafts = begun();
    EffectResult.DraftSaved trouble =
        assertInstanceOf(EffectResult.DraftSaved.class, drafts.find(NEW).orElseThrow());
    assertNotNull(trouble.path(), "what was typed is not what is missing");
    assertTrue(trouble.trouble().contains("new.note cannot be read"), trouble.trouble());
    EffectResult.DraftSaved kept =
        assertInstanceOf(EffectResult.DraftSaved.class, drafts.save(fields(NEW, "x")));
    assertEquals(folder().resolve("new-2.note").toString(), kept.path());
  }

  @Test
  void whatCannotBeRemovedIsASentence() throws Exception {
    TypedDrafts drafts = begun();
    drafts.save(comment("x"));
    Path file = drafts.left().get(0);
    Files.delete(file);
    Files.createDirectories(file.resolve("not empty"));
    EffectResult.DraftSaved trouble =
        assertInstanceOf(EffectResult.DraftSaved.class, drafts.drop(COMMENT).orElseThrow());
    assertTrue(trouble.trouble().contains("cannot be removed"), trouble.trouble());
  }
}
