package org.lesbillets.cli.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.event.UiEvent.Pasted;
import org.lesbillets.cli.tui.event.UiEvent.Pressed;
import org.lesbillets.model.SeededTest;

/** Bytes in, keys out. In the tables control characters are pictures: {@code ␛} is Escape. */
class KeyDecoderTest {
  private static final String PASTE = "\u001b[200~";
  private static final String END = "\u001b[201~";

  private static final Duration ESCAPE = TerminalSettings.ESCAPE_TIMEOUT;

  /** A decoder, its clock, and what it has told. */
  private static final class Typing {
    private final List<UiEvent.FromTerminal> told = new ArrayList<>();
    private final KeyDecoder decoder;
    private long now;

    Typing(Charset charset, long start) {
      this(ESCAPE, charset, start);
    }

    Typing(Duration escape, Charset charset, long start) {
      decoder = new KeyDecoder(escape, charset, told::add);
      now = start;
    }

    Typing() {
      this(StandardCharsets.UTF_8, Long.MAX_VALUE - 5);
    }

    Typing read(String bytes) {
      return read(bytes.getBytes(StandardCharsets.UTF_8));
    }

    Typing read(byte[] bytes) {
      decoder.read(ByteBuffer.wrap(bytes), now);
      return this;
    }

    Typing after(long nanos) {
      now += nanos;
      decoder.late(now);
      return this;
    }

    /** Waits as long as the decoder has something to wait for. */
    Typing rest() {
      OptionalLong due = decoder.deadline();
      if (due.isPresent()) {
        now = due.getAsLong();
        decoder.late(now);
        assertEquals(OptionalLong.empty(), decoder.deadline());
      }
      return this;
    }

    String keys() {
      return told.stream().map(Typing::spelt).collect(Collectors.joining(" "));
    }

    private static String spelt(UiEvent.FromTerminal input) {
      return Spelling.of(input);
    }
  }

  private static String bytes(String pictures) {
    StringBuilder bytes = new StringBuilder();
    for (char c : pictures.toCharArray()) {
      bytes.append(c == '␡' ? '\u007f' : c >= '␀' && c < '␡' ? (char) (c - '␀') : c);
    }
    return bytes.toString();
  }

  private static Pasted pasted(String text) {
    return new Pasted(text, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      value = {
        "a | a",
        "Q | Q",
        "é漢😀 | é 漢 😀",
        "␍ | Enter",
        "␊ | Ctrl-J",
        "␉ | Tab",
        "␡ | Backspace",
        "␈ | Backspace",
        "␀ | Ctrl-Space",
        "␁␃␚␓␑ | Ctrl-A Ctrl-C Ctrl-Z Ctrl-S Ctrl-Q",
        "␜␝␞␟ | Ctrl-\\ Ctrl-] Ctrl-^ Ctrl-_",
        "␛x | Alt-x",
        "␛é | Alt-é",
        "␛😀b | Alt-😀 b",
        "␛␍ | Alt-Enter",
        "␛␡ | Alt-Backspace",
        "␛␁ | Ctrl-Alt-A",
        "␛(␛# | Alt-( Alt-#",
        "␛[A␛[B␛[C␛[D | Up Down Right Left",
        "␛OA␛OB␛OC␛OD | Up Down Right Left",
        "␛[H␛[F␛OH␛OF | Home End Home End",
        "␛[1~␛[4~␛[7~␛[8~ | Home End Home End",
        "␛[2~␛[3~␛[5~␛[6~ | Ins Del PgUp PgDn",
        "␛OP␛OQ␛OR␛OS | F1 F2 F3 F4",
        "␛[P␛[Q␛[R␛[S | F1 F2 F3 F4",
        "␛[11~␛[12~␛[13~␛[14~␛[15~ | F1 F2 F3 F4 F5",
        "␛[[A␛[[B␛[[C␛[[D␛[[E | F1 F2 F3 F4 F5",
        "␛[17~␛[18~␛[19~␛[20~␛[21~␛[23~␛[24~ | F6 F7 F8 F9 F10 F11 F12",
        "␛[Z | Shift-Tab",
        "␛[1;5A␛[1;5D␛[1;2C␛[1;3B | Ctrl-Up Ctrl-Left Shift-Right Alt-Down",
        "␛[1;6H␛[1;8F | Ctrl-Shift-Home Ctrl-Alt-Shift-End",
        "␛[3;5~␛[5;2~␛[6;3~␛[2;7~ | Ctrl-Del Shift-PgUp Alt-PgDn Ctrl-Alt-Ins",
        "␛[1;2P␛[1;5R␛[15;2~ | Shift-F1 Ctrl-F3 Shift-F5",
        "␛O5P␛O1;5C | Ctrl-F1 Ctrl-Right",
        "␛[a␛[d␛Oa␛Od | Shift-Up Shift-Left Ctrl-Up Ctrl-Left",
        "␛[3^␛[5$␛[6@ | Ctrl-Del Shift-PgUp Ctrl-Shift-PgDn",
        "␛␛[A␛␛OB␛␛[3~ | Alt-Up Alt-Down Alt-Del",
        "␛Oq␛Oy␛Ok␛OM | 1 9 + Enter",
        "␛[97u␛[97;5u␛[97;3u␛[97;2u | a Ctrl-A Alt-a A",
        "␛[49:33;2u␛[13;5u␛[9;2u␛[27u | ! Ctrl-Enter Shift-Tab Esc",
        "␛[105;5u␛[109;5u␛[104;5u␛[91;5u | Tab Enter Backspace Esc",
        "␛[127;3u␛[32;5u␛[128512u | Alt-Backspace Ctrl-Space 😀",
        "␛[27;5;13~␛[27;6;65~␛[27;3;120~ | Ctrl-Enter Ctrl-A Alt-x",
        "a␛[Ab | a Up b",
      })
  void tellsKeys(String pictures, String keys) {
    assertEquals(keys, new Typing().read(bytes(pictures)).rest().keys());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "␛[<0;10;5M␛[<0;10;5m", // the mouse, as today
        "␛[M !!", // as ever
        "␛[32;10;5M", // as in rxvt
        "␛[I␛[O", // the window has the focus, or not
        "␛[24;80R␛[?1;80R␛[1;80R", // where the cursor is
        "␛[?1;2c␛[>41;354;0c␛[=1c", // which terminal it is
        "␛[0n␛[8;24;80t␛[?2026;1$y␛[4;1$y␛[?1u",
        "␛]11;rgb:0000/0000/0000␇␛]11;rgb:ffff/ffff/ffff␛\\",
        "␛P1$r0m␛\\␛P>|XTerm(370)␛\\␛_Gi=1;OK␛\\␛^x␛\\␛Xy␛\\",
        "␛P+r544e=é漢␛\\",
        "␛[99~␛[25~␛[1;9A␛[1;17C␛[97;9u␛[97;5:3u␛[1;1:3A", // not ours, or let go
        "␛[57441u␛[57358u␛[55296u␛[99999999u␛[4294967296u␛[u",
        "␛[1;2;3A␛[5A␛[;;;;;~␛[!p␛[ q␛[999999999999999999A",
        "␛OZ␛O!",
        "␛[201~", // the end of a paste that did not begin
        "␛[200~␛[201~",
      })
  void swallowsReportsAndWhatNobodyKnows(String pictures) {
    assertEquals("", new Typing().read(bytes(pictures)).rest().keys());
    Typing slowly = new Typing();
    for (byte b : bytes(pictures).getBytes(StandardCharsets.UTF_8)) {
      slowly.read(new byte[] {b}).after(1);
    }
    assertEquals("x", slowly.rest().read("x").keys());
  }

  @Test
  void swallowsTheOldMouseByBytes() {
    byte[] far = {0x1b, '[', 'M', ' ', (byte) 0xC3, (byte) 0xA9, 'x'};
    assertEquals("x", new Typing().read(far).keys());
    byte[] shortened = {0x1b, '[', 'M', ' '};
    assertEquals("x", new Typing().read(shortened).rest().read("x").keys());
  }

  @Test
  void swallowsControlsOfEightBits() {
    assertEquals("Up x", new Typing().read("\u009bA\u009d0;title\u0007\u0085x").keys());
    Typing latin = new Typing(StandardCharsets.ISO_8859_1, 0);
    assertEquals("é Down", latin.read(new byte[] {(byte) 0xE9, (byte) 0x9B, 'B'}).keys());
    latin.read(new byte[] {(byte) 0x90, '1', (byte) 0x9B}).rest();
    assertEquals("é Down x", latin.read("x").keys());
  }

  @Test
  void aControlCharacterEndsASequenceAndActs() {
    assertEquals("Ctrl-C x", new Typing().read(bytes("␛[1;5␃x")).keys());
    assertEquals("Ctrl-C x", new Typing().read(bytes("␛]0;title␃x")).keys());
    assertEquals("Up", new Typing().read(bytes("␛[1;5␛[A")).keys());
    assertEquals("é x", new Typing().read("\u001b[1;5éx").keys());
    assertEquals("Up", new Typing().read(bytes("␛]0;title␛[A")).keys());
  }

  @Test
  void tellsEscapeWhenNothingFollows() {
    Typing typing = new Typing().read("\u001b");
    assertEquals("", typing.after(ESCAPE.toNanos() - 1).keys());
    assertEquals("Esc", typing.after(1).keys());
    assertEquals("Esc j", typing.after(1).read("j").keys());
    assertEquals(OptionalLong.empty(), typing.decoder.deadline());
  }

  @Test
  void tellsEscapeTwice() {
    assertEquals("Esc Esc", new Typing().read("\u001b\u001b").rest().keys());
    assertEquals("Esc Esc Esc", new Typing().read("\u001b\u001b\u001b").rest().keys());
    assertEquals("Esc Alt-x y", new Typing().read("\u001b\u001bxy").keys());
    assertEquals("Esc Esc", new Typing().read("\u001b").rest().read("\u001b").rest().keys());
    assertEquals("Esc", new Typing().read(bytes("␛␛]0;t␇")).rest().keys());
  }

  @ParameterizedTest
  @ValueSource(strings = {"␛[A", "␛OA", "␛[1;5A", "␛[5~", "␛[97;5u", "␛[[A"})
  void aSplitSequenceIsStillAKey(String pictures) {
    String whole = bytes(pictures);
    String key = new Typing().read(whole).keys();
    for (int cut = 1; cut < whole.length(); cut++) {
      Typing typing = new Typing().read(whole.substring(0, cut));
      typing.after(ESCAPE.toNanos() - 1);
      assertEquals(key, typing.read(whole.substring(cut)).keys());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 30, 60, 99})
  void anArrowThatALineSplitsIsNoEscape(long millis) {
    Typing typing = new Typing().read("\u001b").after(Duration.ofMillis(millis).toNanos());
    assertEquals("Up", typing.read("[A").keys());
  }

  @Test
  void howLongEscapeWaitsIsASetting() {
    for (Duration escape : List.of(Duration.ofMillis(5), Duration.ofSeconds(2))) {
      Typing typing = new Typing(escape, StandardCharsets.UTF_8, 0).read("\u001b");
      assertEquals("", typing.after(escape.toNanos() - 1).keys());
      assertEquals("Esc", typing.after(1).keys());
    }
  }

  @Test
  void theRestOfALateArrowIsStillAnArrow() {
    for (String tail : List.of("[A", "OA")) {
      Typing typing = new Typing().read("\u001b").rest().after(KeyDecoder.TAIL_NANOS);
      assertEquals("Esc Up", typing.read(tail).keys());
    }
    Typing mouse = new Typing().read("\u001b").rest().after(1);
    assertEquals("Esc x", mouse.read("[<0;10;5Mx").keys());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "O", "OAx", "OK", "Ok", "[é", "x[A", "["})
  void whatIsTypedAfterEscapeIsTyped(String text) {
    String typed = text.chars().mapToObj(Character::toString).collect(Collectors.joining(" "));
    Typing typing = new Typing().read("\u001b").rest().after(1);
    assertEquals("Esc " + typed, typing.read(text).rest().keys());
  }

  @Test
  void nothingIsATailForLong() {
    Typing typing = new Typing().read("\u001b").rest().after(KeyDecoder.TAIL_NANOS + 1);
    assertEquals("Esc [ A", typing.read("[A").keys());
    Typing second = new Typing().read("\u001b").rest().read("j").read("[A");
    assertEquals("Esc j [ A", second.keys());
  }

  @ParameterizedTest
  @CsvSource({"␛[, Alt-[", "␛O, Alt-O", "␛], Alt-]", "␛P, Alt-P", "␛_, Alt-_"})
  void whatBeginsASequenceMayBeAllThatWasPressed(String pictures, String key) {
    Typing typing = new Typing().read(bytes(pictures)).after(KeyDecoder.SEQUENCE_NANOS - 1);
    assertEquals("", typing.keys());
    assertEquals(key + " x", typing.after(1).read("x").keys());
  }

  @Test
  void anUnfinishedReportSwallowsNoMoreThanAKey() {
    assertEquals("k", new Typing().read(bytes("␛[1;5")).rest().read("jk").keys());
    assertEquals("j k", new Typing().read(bytes("␛]11;rgb")).rest().read("jk").keys());
    assertEquals("j k", new Typing().read(bytes("␛O5")).rest().read("jk").keys());
    assertEquals("k", new Typing().read("\u001b[" + "1;".repeat(5000)).read("jk").keys());
  }

  @Test
  void aPasteIsOneThing() {
    String text =
        "two\u001b[A lines\r\nand\rmore\n\u001b[20\u001b[20\u001b[201\u001b\u001b[é漢😀\u0003";
    String kept = text.replace("\r\n", "\n").replace('\r', '\n');
    String all = "a" + PASTE + text + END + "b";
    byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
    Typing whole = new Typing().read(bytes);
    assertEquals(3, whole.told.size());
    assertEquals(pasted(kept), whole.told.get(1));
    for (int cut = 1; cut < bytes.length; cut++) {
      Typing split = new Typing().read(Arrays.copyOf(bytes, cut)).after(29_000_000);
      split.read(Arrays.copyOfRange(bytes, cut, bytes.length));
      assertEquals(whole.told, split.told);
    }
  }

  @Test
  void aPasteHasABound() {
    String most = "x".repeat(PasteBuffer.MOST_BYTES);
    assertEquals(List.of(pasted(most)), new Typing().read(PASTE + most + END).told);
    Typing more = new Typing().read(PASTE + most).read("y".repeat(10_000) + "\u001b[2x" + END);
    assertEquals("a", Spelling.of(more.read("a").told.get(1)));
    assertEquals(new Pasted(most, true), more.told.get(0));
    String halved = "x".repeat(PasteBuffer.MOST_BYTES - 1);
    assertEquals(
        List.of(new Pasted(halved, true)), new Typing().read(PASTE + halved + "é" + END).told);
  }

  @Test
  void aPasteWithoutAnEndEnds() {
    Typing typing = new Typing().read(PASTE + "text").after(KeyDecoder.PASTE_NANOS - 1);
    assertEquals(List.of(), typing.told);
    typing.read(" more").after(KeyDecoder.PASTE_NANOS - 1).after(1);
    assertEquals(List.of(pasted("text more")), typing.told);
    assertEquals("x", Spelling.of(typing.read("x").told.get(1)));
    assertEquals(List.of(), new Typing().read(PASTE).rest().told);
  }

  @Test
  void theLastThingReadIsToldWhenReadingStops() {
    Typing typing = new Typing().read("\u001b");
    typing.decoder.stop(typing.now);
    assertEquals("Esc [ A", typing.read("[A").keys());
    Typing paste = new Typing().read(PASTE + "text");
    paste.decoder.stop(paste.now);
    assertEquals(List.of(pasted("text")), paste.told);
    paste.decoder.stop(paste.now);
    assertEquals(1, paste.told.size());
  }

  @ParameterizedTest
  @CsvSource({
    "C3, �x",
    "E6BC, �x",
    "F09F98, �x",
    "FF, �x",
    "80, �x",
    "C0AF, �x",
    "FFFEFF, �x",
    "47E46E, G�nx",
    "1BE478, �xx",
    "EDA080, �x",
    "C31B5B41, �Up x",
    "C303, �Ctrl-C x",
  })
  void whatIsNoCharacterIsRefusedOnce(String hex, String expected) {
    byte[] wrong = HexFormat.of().parseHex(hex);
    assertEquals(
        expected.replace(" ", ""), new Typing().read(wrong).read("x").keys().replace(" ", ""));
  }

  @Test
  void charactersMayComeInParts() {
    Typing typing = new Typing();
    for (byte b : "é漢😀".getBytes(StandardCharsets.UTF_8)) {
      typing.read(new byte[] {b}).after(KeyDecoder.SEQUENCE_NANOS);
    }
    assertEquals("é 漢 😀", typing.keys());
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-15, €é", "EUC-JP, 漢x", "Shift_JIS, 表x", "GB18030, 漢😀x", "US-ASCII, x"})
  void otherCharsetsAreRead(String charset, String text) {
    Typing typing = new Typing(Charset.forName(charset), 0);
    typing.read(text.getBytes(Charset.forName(charset)));
    String read = text.codePoints().mapToObj(Character::toString).collect(Collectors.joining(" "));
    assertEquals(read, typing.rest().keys());
  }

  @ParameterizedTest
  @ValueSource(strings = {"US-ASCII", "ISO-8859-1", "ISO-8859-15", "windows-1252"})
  void whatIsUtf8IsReadAsSuchWhateverTheCharset(String charset) {
    String text = "Größe in €";
    Typing typing = new Typing(Charset.forName(charset), 0).read("€ö" + PASTE + text + END);
    assertEquals("€ ö " + text, typing.keys());
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, �", "US-ASCII, �", "ISO-8859-1, Größe"})
  void aPasteOfAnotherCharsetIsReadWholeOrNotAtAll(String charset, String kept) {
    Typing typing = new Typing(Charset.forName(charset), 0).read(PASTE);
    typing.read("Größe".getBytes(StandardCharsets.ISO_8859_1)).read(END);
    assertEquals(kept, typing.keys());
  }

  /** A lone byte of Latin-1 may begin a character of UTF-8. */
  @ParameterizedTest
  @CsvSource({"ISO-8859-1, é", "US-ASCII, �", "UTF-8, �"})
  void aByteAloneWaitsForNoOtherKey(String charset, String told) {
    Typing typing = new Typing(Charset.forName(charset), 0).read(new byte[] {(byte) 0xE9});
    assertEquals("", typing.keys());
    assertEquals(told, typing.rest().keys());
    assertEquals(told + " x", typing.read("x").keys());
  }

  /** What was pressed, or pasted, as a text. */
  private static final class Spelling implements UiEvent.FromTerminal.Visitor {
    private String spelling;

    static String of(UiEvent.FromTerminal input) {
      Spelling visitor = new Spelling();
      input.accept(visitor);
      return visitor.spelling;
    }

    @Override
    public void onPressed(Pressed input) {
      spelling = input.key().spelling();
    }

    @Override
    public void onPasted(Pasted input) {
      spelling = input.text();
    }

    @Override
    public void onResized(UiEvent.Resized input) {
      spelling = input.columns() + "x" + input.rows();
    }

    @Override
    public void onSignal(UiEvent.Signal input) {
      spelling =
          switch (input) {
            case UNREADABLE -> "�";
            case RESUMED -> "resumed";
            case END_ASKED -> "hung up";
          };
    }
  }

  @Test
  void noBytesMakeItFail() throws Exception {
    SeededTest.run(
        random -> {
          for (int round = 0; round < 300; round++) {
            Typing typing = new Typing(charset(random), random.nextLong());
            for (int i = 0; i < 40; i++) {
              typing.read(anything(random)).after(random.nextInt(100_000_000));
            }
            typing.decoder.stop(typing.now);
            assertTrue(typing.read("x").keys().endsWith("x"), typing::keys);
          }
        });
  }

  /** In Latin-1 the second byte of the incomplete character begins a control sequence. */
  @Test
  void theEndOfTheInputEndsASequenceThatABrokenCharacterBegan() {
    Typing typing = new Typing(StandardCharsets.ISO_8859_1, 0);
    typing.read(new byte[] {(byte) 0xE2, (byte) 0x9B});
    typing.decoder.stop(typing.now);
    assertEquals("â x", typing.read("x").keys());
  }

  private static Charset charset(Random random) {
    List<String> names = List.of("UTF-8", "US-ASCII", "ISO-8859-1");
    return Charset.forName(names.get(random.nextInt(names.size())));
  }

  private static byte[] anything(Random random) {
    byte[] bytes = new byte[1 + random.nextInt(20)];
    random.nextBytes(bytes);
    byte[] likely = "\u001b\u001b[O]P;:<?~Mm0125\u0007\\".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      if (random.nextBoolean()) {
        bytes[i] = likely[random.nextInt(likely.length)];
      }
    }
    return bytes;
  }

  /** Whatever a control sequence is, it types nothing, and what stands around it is typed. */
  @Test
  void noSequenceTypes() throws Exception {
    SeededTest.run(
        random -> {
          for (int round = 0; round < 2000; round++) {
            String sequence = sequence(random);
            byte[] bytes = ("a" + sequence + "b").getBytes(StandardCharsets.UTF_8);
            Typing typing = new Typing();
            for (int i = 0, next; i < bytes.length; i = next) {
              next = Math.min(bytes.length, i + 1 + random.nextInt(8));
              typing.read(Arrays.copyOfRange(bytes, i, next)).after(random.nextInt(1000));
            }
            List<String> keys = List.of(typing.rest().keys().split(" "));
            String message = sequence.replace('\u001b', '␛') + ": " + keys;
            assertEquals("a", keys.get(0), message);
            assertEquals("b", keys.get(keys.size() - 1), message);
            assertTrue(keys.size() <= 3, message);
            assertFalse(keys.size() == 3 && typesText(typing.told.get(1)), message);
          }
        });
  }

  private static boolean typesText(UiEvent.FromTerminal input) {
    return !(input instanceof Pressed pressed) || pressed.key().types();
  }

  private static String sequence(Random random) {
    StringBuilder sequence = new StringBuilder(random.nextInt(5) == 0 ? "\u001bP" : "\u001b[");
    boolean string = sequence.charAt(1) == 'P';
    if (random.nextInt(3) == 0) {
      sequence.append("<=>?".charAt(random.nextInt(4)));
    }
    for (int i = random.nextInt(70); i > 0; i--) {
      sequence.append("0123456789;;:".charAt(random.nextInt(13)));
    }
    if (random.nextInt(5) == 0) {
      // Not the dollar, with which rxvt ends keys.
      sequence.append(" !\"#%&'()*+,-./".charAt(random.nextInt(15)));
    }
    String ends = "ABCDEFGHIJKLNOPQRSTUVWXYZ\\]^_`abcdefghijklmnopqrstvwxyz{|}~";
    sequence.append(ends.charAt(random.nextInt(ends.length())));
    return string ? sequence + "\u001b\\" : sequence.toString();
  }
}
