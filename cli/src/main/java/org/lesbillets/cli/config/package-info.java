/**
 * The settings of {@code config.toml}: contexts, which are named servers, each with the source of
 * its token, and the live view's keys and views. {@link org.lesbillets.cli.config.Settings} decides
 * between flag, environment, context, file and default. The only package that knows TOML: a small
 * parser takes its plain part, and the library, loaded only then, everything else, every mistake
 * included.
 */
package org.lesbillets.cli.config;
