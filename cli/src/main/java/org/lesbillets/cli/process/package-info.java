/** The processes that this one starts: with what environment they run. Depends on nothing. */
package org.lesbillets.cli.process;
