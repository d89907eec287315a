/** Where credentials come from: Maven's settings first, then Docker's, through jib's classes. */
@NullMarked
package io.github.goldenmaven.registry.credentials;

import org.jspecify.annotations.NullMarked;
