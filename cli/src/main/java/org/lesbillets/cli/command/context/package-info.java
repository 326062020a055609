/** Named servers, kept in config.toml. */
package org.lesbillets.cli.command.context;
