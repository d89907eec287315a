/** Whether what a service is started by is in its image, as far as it can be told before a push. */
@NullMarked
package io.github.goldenmaven.packaging.start;

import org.jspecify.annotations.NullMarked;
