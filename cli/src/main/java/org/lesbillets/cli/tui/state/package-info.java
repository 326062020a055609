/**
 * What the live view knows: the tickets, the rows of its list, what is being typed. Plain data that
 * one thread owns and {@link org.lesbillets.cli.tui.update.UiUpdate} changes; nothing here reads a
 * clock, a disk or a socket, and nothing draws.
 */
package org.lesbillets.cli.tui.state;
