/** Why a registry did not do what it was asked, and what the user can do about it. */
@NullMarked
package io.github.goldenmaven.registry.errors;

import org.jspecify.annotations.NullMarked;
