/** The company's certificate authorities, put into every trust store of an image. */
@NullMarked
package io.github.goldenmaven.bake.certificates;

import org.jspecify.annotations.NullMarked;
