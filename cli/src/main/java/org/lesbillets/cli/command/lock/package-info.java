/**
 * The verbs about locks, and the child process that runs under one. A lock is a lease with a
 * fencing token.
 */
package org.lesbillets.cli.command.lock;
