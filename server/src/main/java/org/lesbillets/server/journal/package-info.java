/**
 * The ordered, durable record of everything that happened: what a journal promises, and one that
 * keeps its promise only as long as the process lives.
 */
package org.lesbillets.server.journal;
