/** Files of certificates, read in one way wherever a user names one. */
@NullMarked
package io.github.goldenmaven.certificates;

import org.jspecify.annotations.NullMarked;
