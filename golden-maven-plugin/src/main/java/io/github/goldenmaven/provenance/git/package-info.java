/** What git knows of the sources of a build. */
@NullMarked
package io.github.goldenmaven.provenance.git;

import org.jspecify.annotations.NullMarked;
