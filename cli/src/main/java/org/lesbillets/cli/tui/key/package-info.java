/**
 * Keys as values: presses, their spelling in the configuration and on the screen, their binding to
 * actions. Knows no terminal: {@code terminal} decodes bytes to {@link
 * org.lesbillets.cli.tui.key.Key}s.
 */
package org.lesbillets.cli.tui.key;
