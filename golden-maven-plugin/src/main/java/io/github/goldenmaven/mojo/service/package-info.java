/** Goals for those who build a service: {@code golden:build} and its check. */
@NullMarked
package io.github.goldenmaven.mojo.service;

import org.jspecify.annotations.NullMarked;
