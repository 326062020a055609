/**
 * What happens before a verb runs: preloading of classes, arguments as they were typed, the parser
 * of one verb, class-data archives. docs/startup.md walks through it.
 */
package org.lesbillets.cli.startup;
