/**
 * Facts of a build and the labels and annotations that state them; the only place with label keys.
 */
@NullMarked
package io.github.goldenmaven.provenance;

import org.jspecify.annotations.NullMarked;
