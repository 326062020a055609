/**
 * What connects the live view to its server: a desk that blocks nobody, news as values, leases that
 * are kept, turns that are waited for. Knows no screen and no key.
 */
package org.lesbillets.cli.tui.live;
