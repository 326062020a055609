/**
 * The verbs of {@code billets-server} beside serving: tokens, and the care of a journal. Each runs
 * on the main thread of a process of its own, beside a running server or without one.
 */
package org.lesbillets.server.command;
