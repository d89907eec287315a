/** What the gate demands, one class a demand. */
@NullMarked
package io.github.goldenmaven.verify.rules;

import org.jspecify.annotations.NullMarked;
