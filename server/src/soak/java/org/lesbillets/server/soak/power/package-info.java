/** What a disk may hold after a power cut: a recording of writes, and the images made of it. */
package org.lesbillets.server.soak.power;
