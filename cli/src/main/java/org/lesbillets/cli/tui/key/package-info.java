/**
 * Keys: what was pressed, how keys are spelt in a file and on the screen, which action a key does
 * where. Knows no terminal: what reads one makes {@link org.lesbillets.cli.tui.key.Key}s of bytes.
 */
package org.lesbillets.cli.tui.key;
