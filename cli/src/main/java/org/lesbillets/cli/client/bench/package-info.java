/**
 * A load generator for one's own server: writers that send changes at a fixed rate, or one after
 * the other, watchers that check what is delivered, and histograms of the latencies of both.
 */
package org.lesbillets.cli.client.bench;
