/** The metrics page, and nowhere else the library that writes it. */
package org.lesbillets.server.metrics;
