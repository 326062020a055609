/** What a measurement found, as a table for people, as JSON for programs, and as plots. */
package org.lesbillets.bench.report;
