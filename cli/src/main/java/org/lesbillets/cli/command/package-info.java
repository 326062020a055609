/**
 * What the verbs of {@code billets} share: the context of a run, the service of the server, option
 * mixins, parsers of values, and the exceptions for {@code cli.FailureHandler} to put into words.
 * Each feature has a package below: a verb is a class with its options on top and a {@code run}
 * that says what it does.
 */
package org.lesbillets.cli.command;
