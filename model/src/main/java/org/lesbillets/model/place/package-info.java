/** Where the programs of one user keep their files. Pure; only the environment is read. */
package org.lesbillets.model.place;
