package org.lesbillets.cli.client.pipeline;

/**
 * How many jobs came to their end.
 *
 * @param notBegun how many were there and not begun
 * @param toTheEnd whether more than those cannot follow: their source has come to its end
 * @param failure why the source gave no more, or why there is no server to ask; null if neither
 */
public record PipelineResult(long notBegun, boolean toTheEnd, RuntimeException failure) {}
