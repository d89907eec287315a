/** What is signed about an image, compared with the image and with the policy's keys. */
@NullMarked
package io.github.goldenmaven.verify.provenance;

import org.jspecify.annotations.NullMarked;
