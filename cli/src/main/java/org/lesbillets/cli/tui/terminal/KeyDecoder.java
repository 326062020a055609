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
 * Makes keys and pastes of the bytes a terminal sends. A sequence that is no key (a report, the
 * mouse, what nobody knows) is swallowed to its end.
 *
 * <p>Pure: it is told what time it is, in nanoseconds. A lone Escape begins every sequence, so it
 * takes time to tell: {@link #deadline} says when {@link #late} has something to say if nothing is
 * read until then. One thread; keeps no more than a paste of 1 MiB, or a sequence of 64 characters.
 */
public final class KeyDecoder {
  /** How long it may take when more than Escape has come. */
  static final long SEQUENCE_NANOS = Duration.ofMillis(500).toNanos();

  /** How long after Escape was told the rest of an arrow still is an arrow. */
  static final long TAIL_NANOS = Duration.ofMillis(300).toNanos();

  /** How long a paste may pause. */
  static final long PASTE_NANOS = Duration.ofSeconds(3).toNanos();

  /** How long the rest of a character may take. */
  static final long CHARACTER_NANOS = Duration.ofSeconds(1).toNanos();

  /** How long it may take where the first byte alone may be a character of another charset. */
  static final long OTHER_CHARSET_NANOS = Duration.ofMillis(100).toNanos();

  private static final int LONGEST_SEQUENCE = 64;
  private static final int BYTES_OF_OLD_MOUSE = 3;
  private static final int ESCAPE = 0x1B;
  private static final int BELL = 0x07;

  private enum State {
    GROUND(0),
    /** Its patience is a setting. */
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
  private final Consumer<UiEvent.FromTerminal> told;
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
  private OptionalLong escapeToldAt = OptionalLong.empty();
  private boolean refusing;

  /**
   * @param escapeTimeout how long the rest of a sequence may take when only Escape has come
   * @param charset of the terminal, for what is no UTF-8; control characters are those of ASCII
   * @param told gets what was done, in order, on the thread that reads
   */
  public KeyDecoder(Duration escapeTimeout, Charset charset, Consumer<UiEvent.FromTerminal> told) {
    this.escapeNanos = escapeTimeout.toNanos();
    this.told = told;
    characters = new CharacterDecoder(charset);
  }

  /** Takes what was read in one go. */
  public void read(ByteBuffer bytes, long now) {
    if (isTailOfEscape(bytes, now)) {
      escape();
    }
    escapeToldAt = OptionalLong.empty();
    readAt = now;
    while (bytes.hasRemaining()) {
      take(bytes.get());
    }
  }

  /** When {@link #late} is due; empty if nothing is unfinished, or it may take any time. */
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

  /** Takes note that nothing was read until now. */
  public void late(long now) {
    OptionalLong due = deadline();
    if (due.isPresent() && now - due.getAsLong() >= 0) {
      giveUp(now);
    }
  }

  /** Takes note that nothing more will be read, and forgets what is unfinished. */
  public void stop(long now) {
    giveUp(now);
    escapeToldAt = OptionalLong.empty();
  }

  private void giveUp(long now) {
    State unfinished = state;
    state = State.GROUND;
    switch (unfinished) {
      case ESCAPED -> {
        tellEscapes();
        escapeToldAt = OptionalLong.of(now);
      }
      case CSI, SS3, STRING -> {
        // Alt-[ begins as an arrow does.
        if (body.length() == 0 && introducer != 0) {
          press(Key.character(introducer).withAlt());
        }
      }
      case PASTE -> tellPaste();
      case GROUND -> characters(characters.end());
      default -> {}
    }
  }

  private void tellEscapes() {
    for (int i = doubled ? 2 : 1; i > 0; i--) {
      press(Key.named(Key.Name.ESCAPE));
    }
  }

  /** Whether this is what a slow line kept back of a sequence whose Escape was taken for a key. */
  private boolean isTailOfEscape(ByteBuffer bytes, long now) {
    return state == State.GROUND
        && escapeToldAt.isPresent()
        && now - escapeToldAt.getAsLong() <= TAIL_NANOS
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
      tellPaste();
    }
  }

  private void tellPaste() {
    paste.told(characters).ifPresent(told);
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

  /** No control character is part of a sequence: whoever sends one begins anew. */
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

  /** What is among them may begin a sequence, and what follows belong to it. */
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

  /** Once, however many bytes there are before the next key. */
  private void refuse() {
    alt = false;
    if (!refusing) {
      told.accept(new UiEvent.Unreadable());
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

  /** A control character of eight bits does what Escape and another one do. */
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
    told.accept(new UiEvent.Pressed(alt ? key.withAlt() : key));
    alt = false;
    refusing = false;
  }
}
