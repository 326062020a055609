/** The verbs about locks, and the child process that runs under one. */
package org.lesbillets.cli.command.lock;
