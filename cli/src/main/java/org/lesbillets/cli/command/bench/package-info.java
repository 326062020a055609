/** The verb bench, and the tickets that it makes and closes. */
package org.lesbillets.cli.command.bench;
