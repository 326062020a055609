/**
 * Plays verbs of one answer through, against a desk that is not there, so that the virtual machine
 * can note which classes they take. Runs when a class-data archive is made, and never for a user.
 */
package org.lesbillets.cli.startup.rehearsal;
