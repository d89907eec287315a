/** Whether the image holds what starts the service, as far as that can be checked before a push. */
@NullMarked
package io.github.goldenmaven.packaging.start;

import org.jspecify.annotations.NullMarked;
