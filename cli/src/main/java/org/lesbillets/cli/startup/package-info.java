/**
 * What happens before a verb runs: class loading, the parser of one verb, the words as they were
 * typed.
 */
package org.lesbillets.cli.startup;
