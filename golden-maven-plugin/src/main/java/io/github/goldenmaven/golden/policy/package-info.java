/** {@code golden-policy.yaml}: what a company allows. */
@NullMarked
package io.github.goldenmaven.golden.policy;

import org.jspecify.annotations.NullMarked;
