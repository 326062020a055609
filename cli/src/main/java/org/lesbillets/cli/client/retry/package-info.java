/**
 * Retries: full-jitter backoff, the state of one retried request, and a sender of changes that
 * retries under one operation id (the idempotency key) until the outcome is certain.
 */
package org.lesbillets.cli.client.retry;
