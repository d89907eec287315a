/** YAML that can mean one thing only, with the place of every value. */
@NullMarked
package io.github.goldenmaven.golden.yaml;

import org.jspecify.annotations.NullMarked;
