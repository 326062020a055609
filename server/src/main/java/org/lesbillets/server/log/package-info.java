/** The log: its forms, its level, and what is passed on to it. Any thread. */
package org.lesbillets.server.log;
