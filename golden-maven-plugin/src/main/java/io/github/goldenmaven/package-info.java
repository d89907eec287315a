/** What every room shares: how a golden goal fails, and how it speaks while it works. */
@NullMarked
package io.github.goldenmaven;

import org.jspecify.annotations.NullMarked;
