/**
 * Everything that touches a real terminal, and nothing that knows tickets: bytes to keys, frames to
 * bytes, the modes of the line and their way back.
 */
package org.lesbillets.cli.tui.terminal;
