/** The harness of the fault commands in scripts/, for the programs of all modules. */
package org.lesbillets.fault;
