package org.lesbillets.cli.tui.key;

import static org.lesbillets.cli.tui.key.KeyContext.CHOICE;
import static org.lesbillets.cli.tui.key.KeyContext.DETAIL;
import static org.lesbillets.cli.tui.key.KeyContext.FORM;
import static org.lesbillets.cli.tui.key.KeyContext.LINE;
import static org.lesbillets.cli.tui.key.KeyContext.LIST;
import static org.lesbillets.cli.tui.key.KeyContext.PAGER;
import static org.lesbillets.cli.tui.key.KeyContext.TEXT;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Every action of the live view: the one list that the key map, the footer and the help are built
 * from. Its {@link #id} names it in the configuration.
 */
public enum Action {
  // The most helpful first: footer and help keep this order.
  OPEN("Open the ticket", "open", "Enter Right", LIST),
  BACK("Go back", "back", "Esc q Left", DETAIL, KeyContext.OVERVIEW, PAGER),
  CANCEL("Leave without doing it", "cancel", "Esc", LINE, TEXT, FORM, CHOICE),
  ACCEPT("Take what was typed", "ok", "Enter", LINE),
  SEND("Send the comment", "send", "Enter Ctrl-S", TEXT),
  SAVE("Save", "save", "Ctrl-S", FORM),
  NEW("New ticket", "new", "n", LIST, DETAIL),
  EDIT("Edit its fields, under a lock", "edit", "e", LIST, DETAIL),
  COMMENT("Comment on it", "comment", "c", LIST, DETAIL),
  DESCRIBE("Edit its description in your editor, under a lock", null, "d", LIST, DETAIL),
  LOCK("Lock it for 15 minutes", "lock", "l", LIST, DETAIL),
  UNLOCK("Unlock it, or leave its line", "unlock", "u", LIST, DETAIL),
  WAIT("Stand in line for its lock", "wait", "w", LIST, DETAIL),
  STEAL("Take its lock from whoever has it", "take", "L", LIST, DETAIL),
  TAKE("Assign it to me", "me", "m", LIST, DETAIL),
  ASSIGN("Assign it to somebody", "assign", "a", LIST, DETAIL),
  PRIORITY("Set its priority", null, "p", LIST, DETAIL),
  STATUS("Close it, or reopen it", "close", "x", LIST, DETAIL),
  TAGS("Add and remove tags", null, "t", LIST, DETAIL),
  SNOOZE("Let it sleep, or wake it", null, "z", LIST, DETAIL),
  CLAIM("Claim the next free ticket of this view", "claim", "C", LIST, DETAIL),
  FILTER("Filter as you type", "filter", "/", LIST),
  COMMAND("Run a verb of billets", null, ":", LIST, DETAIL, KeyContext.OVERVIEW),
  OVERVIEW("Overview: counts, activity, long locks", "overview", "o", LIST, DETAIL),
  LEAVE_OVERVIEW("Go back from the overview", null, "o", KeyContext.OVERVIEW),
  HELP("This help", "help", "? F1", LIST, DETAIL, KeyContext.OVERVIEW),
  PUT_AWAY("Put away what is read", null, "? F1", PAGER),
  HELP_WHILE_TYPING("Help", null, "F1", LINE, TEXT, FORM, CHOICE),
  CLEAR("Show the whole view again; forget what was said below", null, "Esc", LIST),
  SORT("Sort by another column", null, "s", LIST),
  REVERSE("Turn the order round", null, "S", LIST),
  RECONNECT("Connect now", null, "r", LIST, DETAIL, KeyContext.OVERVIEW),
  FREEZE("Freeze the list, and let it go on", "freeze", "Space", LIST),
  PREVIEW("Show or hide the preview", null, "v", LIST),
  BELL("Bell on or off", null, "b", LIST, DETAIL, KeyContext.OVERVIEW),
  OPENING_VIEW("The view it opened with", null, "`", LIST),
  ALL("All tickets", null, "0", LIST),
  VIEW_1("View 1", null, "1", LIST),
  VIEW_2("View 2", null, "2", LIST),
  VIEW_3("View 3", null, "3", LIST),
  VIEW_4("View 4", null, "4", LIST),
  VIEW_5("View 5", null, "5", LIST),
  VIEW_6("View 6", null, "6", LIST),
  VIEW_7("View 7", null, "7", LIST),
  VIEW_8("View 8", null, "8", LIST),
  VIEW_9("View 9", null, "9", LIST),
  NEXT("One down", null, "j Down", LIST, DETAIL, PAGER),
  PREVIOUS("One up", null, "k Up", LIST, DETAIL, PAGER),
  PAGE_DOWN("A page down", null, "PgDn Ctrl-F", LIST, DETAIL, PAGER),
  PAGE_ON("A page on", "page", "Space", DETAIL, PAGER),
  PAGE_UP("A page up", null, "PgUp Ctrl-B", LIST, DETAIL, PAGER),
  HALF_DOWN("Half a page down", null, "Ctrl-D", LIST, DETAIL, PAGER),
  HALF_UP("Half a page up", null, "Ctrl-U", LIST, DETAIL, PAGER),
  FIRST("To the beginning", null, "g Home", LIST, DETAIL, PAGER),
  LAST("To the end", null, "G End", LIST, DETAIL, PAGER),
  NEXT_TICKET("The ticket below", null, "]", DETAIL),
  PREVIOUS_TICKET("The ticket above", null, "[", DETAIL),
  PUSH("The field below; on the button, save", null, "Enter", FORM),
  NEXT_FIELD("The field below", "next", "Tab Down", FORM),
  PREVIOUS_FIELD("The field above", null, "Shift-Tab Up", FORM),
  EDITOR("Go on in your editor", "editor", "Ctrl-O", TEXT, FORM),
  DISCARD("Leave and throw the draft away", null, "Ctrl-X", TEXT, FORM),
  NEW_LINE("A new line; in a field of one line, the next", "line", "Alt-Enter Ctrl-J", TEXT, FORM),
  LINE_UP("A line up", null, "Up", TEXT),
  LINE_DOWN("A line down", null, "Down", TEXT),
  COMPLETE("Complete", "complete", "Tab", LINE),
  EARLIER("What was typed before", null, "Up Ctrl-P", LINE),
  LATER("What was typed after it", null, "Down Ctrl-N", LINE),
  LEFT("One character left; in a choice, the one before", null, "Left Ctrl-B", LINE, TEXT, FORM),
  RIGHT("One character right; in a choice, the next", null, "Right Ctrl-F", LINE, TEXT, FORM),
  WORD_LEFT("A word left", null, "Alt-b Ctrl-Left Alt-Left", LINE, TEXT, FORM),
  WORD_RIGHT("A word right", null, "Alt-f Ctrl-Right Alt-Right", LINE, TEXT, FORM),
  LINE_START("To the start of the line", null, "Ctrl-A Home", LINE, TEXT, FORM),
  LINE_END("To the end of the line", null, "Ctrl-E End", LINE, TEXT, FORM),
  ERASE("Erase the character before", null, "Backspace", LINE, TEXT, FORM),
  DELETE("Delete the character at the cursor", null, "Del Ctrl-D", LINE, TEXT, FORM),
  ERASE_WORD("Erase the word before", null, "Ctrl-W Alt-Backspace", LINE, TEXT, FORM),
  DELETE_WORD("Delete the word after", null, "Alt-d", LINE, TEXT, FORM),
  ERASE_TO_START("Erase to the start of the line", null, "Ctrl-U", LINE, TEXT, FORM),
  DELETE_TO_END("Delete to the end of the line", null, "Ctrl-K", LINE, TEXT, FORM),
  YANK("Put back what was deleted last", null, "Ctrl-Y", LINE, TEXT, FORM),
  TRANSPOSE("Swap two characters", null, "Ctrl-T", LINE, TEXT, FORM),
  QUIT("Leave", "quit", "q", LIST),
  EXIT("Leave from wherever you are", null, "Ctrl-C", KeyContext.values()),
  SUSPEND("Suspend; fg comes back", null, "Ctrl-Z", KeyContext.values()),
  REPAINT("Paint the screen anew", null, "Ctrl-L", KeyContext.values());

  private final String words;
  private final String brief;
  private final List<String> usualKeys;
  private final Set<KeyContext> contexts;

  Action(String words, String brief, String usualKeys, KeyContext... contexts) {
    this.words = words;
    this.brief = brief;
    this.usualKeys = List.of(usualKeys.split(" "));
    this.contexts = EnumSet.copyOf(List.of(contexts));
  }

  /** The name in the configuration: {@code page-down}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The action with this name. */
  public static Optional<Action> named(String id) {
    return Arrays.stream(values()).filter(action -> action.id().equals(id)).findFirst();
  }

  /** The description for the help. */
  public String words() {
    return words;
  }

  /** The word for the footer; null when it is not shown there. */
  public String brief() {
    return brief;
  }

  /** The spellings of its default keys. */
  List<String> usualKeys() {
    return usualKeys;
  }

  /** The contexts it can be done in. */
  public Set<KeyContext> contexts() {
    return contexts;
  }

  /** Whether it only moves a cursor or scrolls. */
  public boolean isMotion() {
    return switch (this) {
      case NEXT, PREVIOUS, PAGE_DOWN, PAGE_UP, HALF_DOWN, HALF_UP, FIRST, LAST -> true;
      default -> false;
    };
  }

  /** Whether it scrolls: a motion, or the key that pages on. */
  public boolean scrolls() {
    return isMotion() || this == PAGE_ON;
  }

  /**
   * Where it scrolls to from a line, not clamped.
   *
   * @param page the lines of a page, 1 or more
   */
  public long from(long line, int page) {
    return switch (this) {
      case NEXT -> line + 1;
      case PREVIOUS -> line - 1;
      case PAGE_DOWN, PAGE_ON -> line + page;
      case PAGE_UP -> line - page;
      case HALF_DOWN -> line + Math.max(1, page / 2);
      case HALF_UP -> line - Math.max(1, page / 2);
      case FIRST -> 0;
      case LAST -> Long.MAX_VALUE;
      default -> line;
    };
  }

  /**
   * The action that shows a view.
   *
   * @param place 0 for the opening view, 1 to 9 for the saved ones
   */
  public static Action ofView(int place) {
    return place == 0 ? OPENING_VIEW : values()[VIEW_1.ordinal() + place - 1];
  }

  /** The index of the saved view it shows, 0 to 8; -1 for none. */
  public int view() {
    return compareTo(VIEW_1) >= 0 && compareTo(VIEW_9) <= 0 ? ordinal() - VIEW_1.ordinal() : -1;
  }
}
