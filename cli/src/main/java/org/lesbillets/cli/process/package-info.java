/** Child processes: the environment they run in. Depends on nothing. */
package org.lesbillets.cli.process;
