/**
 * The update of the live view: {@link org.lesbillets.cli.tui.update.UiUpdate} is a pure function
 * from model and event to the next model and effects, which the loop runs. {@code XxxKeys} handle
 * the keys of one place; {@code XxxUpdates} and the others handle one part of the model; all share
 * an {@link org.lesbillets.cli.tui.update.UpdateContext} for the time of one event.
 */
package org.lesbillets.cli.tui.update;
