/**
 * An annotation processor: what picocli would find out by reflection each time billets starts is
 * found out once, when it is built. Runs inside the compiler, on its thread; no part of any
 * distribution.
 */
package org.lesbillets.codegen;
