/** Work off the single-threaded stages: fair lanes of workers, and the length of a slice. */
package org.lesbillets.server.work;
