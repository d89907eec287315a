/** The release gate: an image's labels against its layers, and all of it against the policy. */
@NullMarked
package io.github.goldenmaven.verify;

import org.jspecify.annotations.NullMarked;
