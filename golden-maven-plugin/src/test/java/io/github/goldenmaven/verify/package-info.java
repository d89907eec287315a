@NullMarked
package io.github.goldenmaven.verify;

import org.jspecify.annotations.NullMarked;
