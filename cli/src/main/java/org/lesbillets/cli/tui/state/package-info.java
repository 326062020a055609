/**
 * The model of the live view: {@link org.lesbillets.cli.tui.state.UiModel} and its parts. Records
 * that {@link org.lesbillets.cli.tui.update.UiUpdate} replaces whole; no clock, disk or socket is
 * read here, and nothing is drawn.
 */
package org.lesbillets.cli.tui.state;
