package org.lesbillets.cli.tui.terminal;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.key.Key;

/**
 * The decoder of a terminal's bytes to keys and pastes: a finite automaton with timeouts. A
 * sequence that stands for no key (a report, the mouse, an unknown one) is consumed to its end.
 *
 * <pre>
 *   state    input               next             emitted
 *   GROUND   a character         GROUND           its key
 *            ESC                 ESCAPED
 *            C1 control          CSI SS3 STRING
 *   ESCAPED  [                   CSI
 *            O                   SS3
 *            ] P X ^ _           STRING
 *            ESC                 ESCAPED          Alt goes with the sequence that follows
 *            another             GROUND           the key with Alt
 *            timeout             GROUND           Escape
 *   CSI      a final byte        GROUND           its key, if it has one
 *            200~                PASTE
 *            M                   MOUSE
 *   SS3      a final byte        GROUND           its key, if it has one
 *   STRING   BEL, ESC \          GROUND
 *   MOUSE    3 bytes             GROUND
 *   PASTE    ESC [ 201 ~         GROUND           the paste
 *            timeout             GROUND           the paste so far
 *   CSI, SS3, STRING
 *            a control character as in GROUND
 *            timeout             GROUND           Alt-[ and the like, if nothing followed
 * </pre>
 *
 * <p>Pure: the time is an argument, in nanoseconds. Every sequence begins with an Escape, so a lone
 * one is known by its timeout only: {@link #deadline} says when to call {@link #late} unless bytes
 * arrive before. Confined to the reader's thread; bounded by a paste of 1 MiB and a sequence of 64
 * characters.
 */
public final class KeyDecoder {
  /** The timeout of an incomplete sequence. */
  static final long SEQUENCE_NANOS = Duration.ofMillis(500).toNanos();

  /** How long after a lone Escape the rest of an arrow's sequence still makes an arrow. */
  static final long TAIL_NANOS = Duration.ofMillis(300).toNanos();

  /** The timeout of a paste that pauses. */
  static final long PASTE_NANOS = Duration.ofSeconds(3).toNanos();

  /** The timeout of an incomplete character. */
  static final long CHARACTER_NANOS = Duration.ofSeconds(1).toNanos();

  /** The same where its first byte alone may be a character of another charset. */
  static final long OTHER_CHARSET_NANOS = Duration.ofMillis(100).toNanos();

  private static final int LONGEST_SEQUENCE = 64;
  private static final int BYTES_OF_OLD_MOUSE = 3;
  private static final int ESCAPE = 0x1B;
  private static final int BELL = 0x07;

  private enum State {
    GROUND(0),
    /** Its timeout is a setting. */
    ESCAPED(0),
    CSI(SEQUENCE_NANOS),
    SS3(SEQUENCE_NANOS),
    STRING(SEQUENCE_NANOS),
    MOUSE(SEQUENCE_NANOS),
    PASTE(PASTE_NANOS);

    private final long patience;

    State(long patience) {
      this.patience = patience;
    }
  }

  private final long escapeNanos;
  private final Consumer<UiEvent.FromTerminal> events;
  private final CharacterDecoder characters;
  private final StringBuilder body = new StringBuilder();
  private State state = State.GROUND;
  private boolean doubled;
  private boolean alt;
  private boolean afterString;
  private char introducer;
  private int skip;
  private PasteBuffer paste;
  private long readAt;
  private OptionalLong escapeEmittedAt = OptionalLong.empty();
  private boolean refusing;

  /**
   * @param escapeTimeout the timeout of a lone Escape
   * @param charset of the terminal, for what is malformed in UTF-8; control characters are ASCII
   * @param events gets the decoded input, in order, on the thread that calls
   */
  public KeyDecoder(
      Duration escapeTimeout, Charset charset, Consumer<UiEvent.FromTerminal> events) {
    this.escapeNanos = escapeTimeout.toNanos();
    this.events = events;
    characters = new CharacterDecoder(charset);
  }

  /** Decodes the bytes of one read. */
  public void read(ByteBuffer bytes, long now) {
    if (isTailOfEscape(bytes, now)) {
      escape();
    }
    escapeEmittedAt = OptionalLong.empty();
    readAt = now;
    while (bytes.hasRemaining()) {
      take(bytes.get());
    }
  }

  /** When to call {@link #late}; empty if nothing is incomplete, or no timeout applies. */
  public OptionalLong deadline() {
    if (state == State.GROUND && characters.unfinished()) {
      return OptionalLong.of(
          readAt + (characters.knowsAnother() ? OTHER_CHARSET_NANOS : CHARACTER_NANOS));
    }
    boolean patient = state == State.CSI && body.length() > 0;
    return state == State.GROUND || patient
        ? OptionalLong.empty()
        : OptionalLong.of(readAt + (state == State.ESCAPED ? escapeNanos : state.patience));
  }

  /** Applies the timeout that is due, if nothing was read until now. */
  public void late(long now) {
    OptionalLong due = deadline();
    if (due.isPresent() && now - due.getAsLong() >= 0) {
      giveUp(now);
    }
  }

  /** Ends the input, and resets the automaton. */
  public void stop(long now) {
    do {
      giveUp(now); // an incomplete character may be the beginning of a sequence in another charset
    } while (state != State.GROUND);
    escapeEmittedAt = OptionalLong.empty();
  }

  private void giveUp(long now) {
    State unfinished = state;
    state = State.GROUND;
    switch (unfinished) {
      case ESCAPED -> {
        emitEscapes();
        escapeEmittedAt = OptionalLong.of(now);
      }
      case CSI, SS3, STRING -> {
        // Alt-[ has the same bytes as the beginning of an arrow.
        if (body.length() == 0 && introducer != 0) {
          press(Key.character(introducer).withAlt());
        }
      }
      case PASTE -> emitPaste();
      case GROUND -> characters(characters.end());
      default -> {}
    }
  }

  private void emitEscapes() {
    for (int i = doubled ? 2 : 1; i > 0; i--) {
      press(Key.named(Key.Name.ESCAPE));
    }
  }

  /**
   * Whether the bytes are the rest of a sequence, delayed by a slow line, whose Escape timed out.
   */
  private boolean isTailOfEscape(ByteBuffer bytes, long now) {
    return state == State.GROUND
        && escapeEmittedAt.isPresent()
        && now - escapeEmittedAt.getAsLong() <= TAIL_NANOS
        && KeySequences.isTail(bytes.duplicate());
  }

  private void take(byte b) {
    int c = b & 0xFF;
    switch (state) {
      case PASTE -> pasted(b);
      case MOUSE -> {
        skip--;
        state = skip == 0 ? State.GROUND : State.MOUSE;
      }
      case STRING -> inString(b, c);
      case CSI, SS3 -> inSequence(b, c);
      case ESCAPED -> afterEscape(b, c);
      case GROUND -> onGround(b, c);
    }
  }

  private void pasted(byte b) {
    if (paste.add(b)) {
      state = State.GROUND;
      emitPaste();
    }
  }

  private void emitPaste() {
    paste.event(characters).ifPresent(events);
    paste = null;
  }

  private void inString(byte b, int c) {
    if (c == BELL) {
      state = State.GROUND;
    } else if (ControlKeys.isControl(c)) {
      abandon(b, c);
    } else if (body.length() == 0) {
      body.append((char) c);
    }
  }

  /** A control character aborts a sequence and is decoded as in GROUND. */
  private void abandon(byte b, int c) {
    boolean string = state == State.STRING;
    state = State.GROUND;
    onGround(b, c);
    afterString = string && state == State.ESCAPED;
  }

  private void inSequence(byte b, int c) {
    if (ControlKeys.isControl(c) || c > ControlKeys.DELETE) {
      abandon(b, c);
    } else if (isEnd(c)) {
      end((char) c);
    } else if (body.length() < LONGEST_SEQUENCE) {
      body.append((char) c);
    }
  }

  private boolean isEnd(int c) {
    if (state == State.SS3) {
      return c >= '@' || c < '0';
    }
    boolean linux = c == '[' && body.length() == 0;
    boolean dollar = c == '$' && KeySequences.endsWithDollar(body.toString());
    return c >= '@' && !linux || dollar;
  }

  private void end(char end) {
    boolean csi = state == State.CSI;
    String text = body.toString();
    state = State.GROUND;
    if (csi && end == '~' && text.equals("200")) {
      paste = new PasteBuffer();
      state = State.PASTE;
    } else if (csi && end == 'M' && text.isEmpty()) {
      skip = BYTES_OF_OLD_MOUSE;
      state = State.MOUSE;
    } else {
      Optional<Key> key = csi ? KeySequences.csi(text, end) : KeySequences.ss3(text, end);
      key.map(found -> doubled ? found.withAlt() : found).ifPresent(this::press);
    }
  }

  private void afterEscape(byte b, int c) {
    if (c == '[' || c == 'O') {
      begin(c == '[' ? State.CSI : State.SS3, (char) c);
    } else if (c == '\\' && afterString) {
      state = State.GROUND;
    } else {
      if (doubled) {
        press(Key.named(Key.Name.ESCAPE));
      }
      afterLastEscape(b, c);
    }
  }

  private void afterLastEscape(byte b, int c) {
    switch (c) {
      case ']', 'P', 'X', '^', '_' -> begin(State.STRING, (char) c);
      case ESCAPE -> doubled = true;
      default -> {
        state = State.GROUND;
        alt = true;
        onGround(b, c);
      }
    }
  }

  private void begin(State sequence, char by) {
    state = sequence;
    introducer = by;
    body.setLength(0);
  }

  private void escape() {
    state = State.ESCAPED;
    doubled = false;
    afterString = false;
  }

  private void onGround(byte b, int c) {
    if (characters.unfinished() || c > ControlKeys.DELETE) {
      characters(characters.add(b));
    } else {
      character(c);
    }
  }

  /** Code points of the other charset may be control characters, and begin a sequence. */
  private void characters(int[] several) {
    for (int c : several) {
      if (c == CharacterDecoder.REFUSED) {
        refuse();
      } else if (c <= ControlKeys.DELETE) {
        take((byte) c);
      } else {
        character(c);
      }
    }
  }

  /** Emitted once for a run of malformed bytes. */
  private void refuse() {
    alt = false;
    if (!refusing) {
      events.accept(UiEvent.Signal.UNREADABLE);
    }
    refusing = true;
  }

  private void character(int c) {
    if (c == ESCAPE) {
      escape();
    } else if (ControlKeys.isControl(c)) {
      press(ControlKeys.of(c));
    } else if (Character.isISOControl(c)) {
      longControl(c);
    } else {
      press(Key.character(c));
    }
  }

  /** A C1 control character stands for Escape and a second character. */
  private void longControl(int c) {
    alt = false;
    doubled = false;
    switch (c) {
      case 0x9B -> begin(State.CSI, '\0');
      case 0x8F -> begin(State.SS3, '\0');
      case 0x90, 0x98, 0x9D, 0x9E, 0x9F -> begin(State.STRING, '\0');
      default -> {}
    }
  }

  private void press(Key key) {
    events.accept(new UiEvent.Pressed(alt ? key.withAlt() : key));
    alt = false;
    refusing = false;
  }
}
