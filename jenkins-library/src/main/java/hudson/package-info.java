/** The exception of Jenkins' core that pipelines name in a {@code catch}. */
@NullMarked
package hudson;

import org.jspecify.annotations.NullMarked;
