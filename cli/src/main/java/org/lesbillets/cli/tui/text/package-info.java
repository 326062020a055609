/**
 * Tickets and help as lines of text: what the detail screen, the preview and the pager show. Pure:
 * a record of the ticket and a width in, {@link org.lesbillets.cli.tui.state.TextLine}s out.
 */
package org.lesbillets.cli.tui.text;
