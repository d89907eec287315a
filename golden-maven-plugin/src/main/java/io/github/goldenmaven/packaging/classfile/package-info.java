/** Which Java the classes of a service need, and whether the golden image has it. */
@NullMarked
package io.github.goldenmaven.packaging.classfile;

import org.jspecify.annotations.NullMarked;
