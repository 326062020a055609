/**
 * The settings of the server: its options, read from the environment and a TOML file where they are
 * not given on the command line. The only package that knows the TOML library. Main thread.
 */
package org.lesbillets.server.config;
