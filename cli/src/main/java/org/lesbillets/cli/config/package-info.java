/**
 * What a person has settled once in {@code config.toml}, so that it needs not be typed again. The
 * only package that knows TOML.
 */
package org.lesbillets.cli.config;
