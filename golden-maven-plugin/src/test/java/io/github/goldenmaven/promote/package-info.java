@NullMarked
package io.github.goldenmaven.promote;

import org.jspecify.annotations.NullMarked;
