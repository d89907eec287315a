/**
 * The program of a pipeline: its sources compiled as Jenkins compiles them, its logical threads run
 * by Jenkins' interpreter, saved and loaded in the format that Jenkins uses. Internal: tests use
 * the package above.
 */
@NullMarked
package io.github.goldenmaven.jenkins.program;

import org.jspecify.annotations.NullMarked;
