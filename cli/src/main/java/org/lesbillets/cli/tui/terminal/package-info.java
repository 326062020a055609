/**
 * The device driver of the live view: bytes to keys, frames to bytes, the modes of the line,
 * signals. The only package that knows Lanterna; knows no ticket.
 */
package org.lesbillets.cli.tui.terminal;
