/** Faults that strace injects into the calls of a process. */
package org.lesbillets.server.soak.inject;
