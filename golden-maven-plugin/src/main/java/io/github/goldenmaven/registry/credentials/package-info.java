/** Where credentials come from: Maven's settings first, then what other tools stored. */
@NullMarked
package io.github.goldenmaven.registry.credentials;

import org.jspecify.annotations.NullMarked;
