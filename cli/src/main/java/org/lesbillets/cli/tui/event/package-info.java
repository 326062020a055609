/**
 * The one family of events of the live view: keys, the terminal, the server's watch, results of
 * effects, time. Producers on any thread put them into the queue; the update alone consumes them.
 */
package org.lesbillets.cli.tui.event;
