/**
 * The verb of workers: claims, by which tickets are a work queue that neither loses nor doubles
 * one.
 */
package org.lesbillets.cli.command.work;
