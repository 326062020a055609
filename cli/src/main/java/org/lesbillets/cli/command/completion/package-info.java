/** Shell completion: the scripts, and the names that they ask for. */
package org.lesbillets.cli.command.completion;
