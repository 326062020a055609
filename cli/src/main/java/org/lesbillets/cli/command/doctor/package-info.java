/** What is wrong with this installation, and what to do about it. */
package org.lesbillets.cli.command.doctor;
