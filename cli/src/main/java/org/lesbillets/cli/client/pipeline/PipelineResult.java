package org.lesbillets.cli.client.pipeline;

/**
 * How far a pipeline got.
 *
 * @param notBegun how many jobs were read and not begun
 * @param toTheEnd whether the source was read to its end, so that no more than those are left
 * @param failure of the source, or of all attempts to reach a server; null if neither
 */
public record PipelineResult(long notBegun, boolean toTheEnd, RuntimeException failure) {}
