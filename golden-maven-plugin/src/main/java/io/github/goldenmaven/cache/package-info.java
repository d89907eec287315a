/** What is kept on this machine between runs: layers, documents, what was pushed. */
@NullMarked
package io.github.goldenmaven.cache;

import org.jspecify.annotations.NullMarked;
