/**
 * Many requests at a time over one connection: bounded read-ahead, per-ticket serialization, retry
 * under one operation id, results in the order of the requests.
 */
package org.lesbillets.cli.client.pipeline;
