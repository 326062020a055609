/** The root command, which knows every verb, and their help. */
package org.lesbillets.cli.command.root;
