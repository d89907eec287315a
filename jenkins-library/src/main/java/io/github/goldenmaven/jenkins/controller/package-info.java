/**
 * The controller of a simulated Jenkins: its loop, its steps, and what a build leaves behind.
 * Internal: tests use the package above.
 */
@NullMarked
package io.github.goldenmaven.jenkins.controller;

import org.jspecify.annotations.NullMarked;
