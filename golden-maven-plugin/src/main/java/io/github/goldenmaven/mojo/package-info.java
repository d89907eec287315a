/** What all goals share: Maven to request, exception to exception, and how progress is shown. */
@NullMarked
package io.github.goldenmaven.mojo;

import org.jspecify.annotations.NullMarked;
