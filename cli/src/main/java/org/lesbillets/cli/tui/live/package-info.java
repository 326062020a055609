/**
 * The client of the live view: an asynchronous service, its watch, its queue of changes, and
 * renewed locks. Knows no screen and no key.
 */
package org.lesbillets.cli.tui.live;
