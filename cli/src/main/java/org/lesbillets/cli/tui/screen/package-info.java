/**
 * The drawing surface of the live view and the styles of its text. Knows no terminal: the
 * implementation of {@link org.lesbillets.cli.tui.screen.Canvas} decides how a style is encoded.
 */
package org.lesbillets.cli.tui.screen;
