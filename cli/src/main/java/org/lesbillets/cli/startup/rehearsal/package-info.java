/**
 * Training run for class-data archives: plays verbs of one answer through against a fake server,
 * while the virtual machine notes which classes are loaded. Never runs for a user.
 */
package org.lesbillets.cli.startup.rehearsal;
