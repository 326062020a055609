/**
 * The pure renderer of the live view: draws a {@link org.lesbillets.cli.tui.state.UiModel} on a
 * {@link org.lesbillets.cli.tui.screen.Canvas}, in panes, at any size. Changes no state and reads
 * no clock; all text is made harmless in one place, {@code Area}.
 */
package org.lesbillets.cli.tui.render;
