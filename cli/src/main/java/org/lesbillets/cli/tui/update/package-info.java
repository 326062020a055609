/**
 * What the live view does with what reaches it: {@link org.lesbillets.cli.tui.update.UiUpdate}
 * takes an event, changes the model, and gives effects, values that somebody else carries out. No
 * clock, disk, socket or screen is touched here, so one list of events always leads to one screen.
 */
package org.lesbillets.cli.tui.update;
