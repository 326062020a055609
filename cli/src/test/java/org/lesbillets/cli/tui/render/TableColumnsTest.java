package org.lesbillets.cli.tui.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.tui.state.list.ListRow;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;

class TableColumnsTest {

  private static TableColumns of(int columns, long number) {
    return of(columns, number, true);
  }

  private static TableColumns of(int columns, long number, boolean locks) {
    Ticket ticket = TicketMaker.ticket(number).make();
    return TableColumns.of(columns, List.of(new ListRow(ticket, ticket, false, null)), locks);
  }

  private static List<String> missing(TableColumns plan) {
    List<String> missing = new ArrayList<>();
    add(missing, plan.tags() == 0, "tags");
    add(missing, plan.age() == 0, "age");
    add(missing, plan.assignee() == 0, "assignee");
    add(missing, plan.holder() == 0, "holder");
    add(missing, plan.priority() == 1, "priority");
    return missing;
  }

  private static void add(List<String> missing, boolean isMissing, String column) {
    if (isMissing) {
      missing.add(column);
    }
  }

  @Test
  void columnsGiveWayByImportance() {
    List<String> order = List.of("tags", "age", "assignee", "holder", "priority");
    for (int columns = 220; columns >= 40; columns--) {
      List<String> missing = missing(of(columns, 17));
      assertEquals(order.subList(0, missing.size()), missing, columns + " columns");
    }
    assertEquals(List.of(), missing(of(140, 17)));
    assertEquals(List.of(), missing(of(100, 17)));
    assertEquals(List.of(), missing(of(120, 12_345)));
    assertEquals(List.of("tags"), missing(of(110, 17)));
    assertEquals(List.of("tags"), missing(of(80, 17)));
    assertEquals(List.of("tags", "age", "assignee"), missing(of(60, 17)));
    assertEquals(order, missing(of(40, 17)));
  }

  @Test
  void aListWithoutLocksHasNoColumnsForThem() {
    for (int columns = 40; columns <= 220; columns++) {
      TableColumns plan = of(columns, 17, false);
      assertEquals(0, plan.lock() + plan.holder());
      if (missing(plan).equals(missing(of(columns, 17)))) {
        assertTrue(plan.title() > of(columns, 17).title(), columns + " columns");
      }
    }
    assertEquals(List.of("tags", "holder"), missing(of(60, 17, false)));
  }

  @Test
  void inAWideListTheTitleHasHalfOfIt() {
    for (int columns = 104; columns <= 400; columns++) {
      for (boolean locks : List.of(true, false)) {
        int title = of(columns, 99_999, locks).title();
        assertTrue(2 * title >= columns, columns + " columns leave the title " + title);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 99_999, 1_234_567_890L})
  void theyFillTheirPlaceAndNoMore(long number) {
    for (int columns = 48; columns <= 220; columns++) {
      check(columns, of(columns, number, true), number);
      check(columns, of(columns, number, false), number);
    }
  }

  private static void check(int columns, TableColumns plan, long number) {
    int used = TableColumns.GUTTER + plan.number() + plan.priority();
    used += plan.title() + 2;
    for (int column : new int[] {plan.lock(), plan.assignee(), plan.tags(), plan.age()}) {
      used += column == 0 ? 0 : column + 1;
    }
    assertEquals(columns, used);
    assertTrue(plan.number() >= Long.toString(number).length());
    assertTrue(plan.title() >= 10, columns + " columns leave the title " + plan.title());
  }
}
