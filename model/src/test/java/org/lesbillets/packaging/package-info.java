/** Writes, during the build, what the packages of a program have besides its distribution. */
package org.lesbillets.packaging;
