/**
 * Draws what the live view knows: a {@link org.lesbillets.cli.tui.state.UiModel} on a {@link
 * org.lesbillets.cli.tui.screen.Canvas}, in small panes. Changes nothing, reads no clock, and gets
 * along with any size; every text it draws is made harmless in one place.
 */
package org.lesbillets.cli.tui.render;
