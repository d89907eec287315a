/** What a jar says about itself, read without unpacking it. */
@NullMarked
package io.github.goldenmaven.provenance.jar;

import org.jspecify.annotations.NullMarked;
