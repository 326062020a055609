/** Counters and histograms of the server's stages, which know nothing of how they are exposed. */
package org.lesbillets.server.measure;
