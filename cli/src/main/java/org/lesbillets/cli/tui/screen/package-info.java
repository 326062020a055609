/**
 * What the live view draws on, and how its text can look. Knows no terminal: what shows a {@link
 * org.lesbillets.cli.tui.screen.Canvas} decides what becomes of it.
 */
package org.lesbillets.cli.tui.screen;
