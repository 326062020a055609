/**
 * The tickets and the list of them: filters, rows, counts. Records, but for two indexes that are
 * mutable for their size: {@link org.lesbillets.cli.tui.state.list.LiveTickets} and {@link
 * org.lesbillets.cli.tui.state.list.ListRows}.
 */
package org.lesbillets.cli.tui.state.list;
