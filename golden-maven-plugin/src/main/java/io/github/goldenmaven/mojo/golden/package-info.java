/**
 * Goals for those who make golden images: {@code golden:bake}, {@code golden:init}, {@code
 * golden:lint}.
 */
@NullMarked
package io.github.goldenmaven.mojo.golden;

import org.jspecify.annotations.NullMarked;
