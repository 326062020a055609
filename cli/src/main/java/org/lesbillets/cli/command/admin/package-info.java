/** The verbs that administer the server. */
package org.lesbillets.cli.command.admin;
