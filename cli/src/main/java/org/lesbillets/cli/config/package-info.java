/**
 * What a person has settled once in {@code config.toml}, so that it needs not be typed again:
 * contexts, which are named servers, each with where its token comes from, and the live view's keys
 * and views. {@link org.lesbillets.cli.config.Settings} decides between flag, environment, context,
 * file and default. The only package that knows TOML: a small reader takes the plain of it, and the
 * library, which is loaded only then, whatever else there is, every mistake included.
 */
package org.lesbillets.cli.config;
