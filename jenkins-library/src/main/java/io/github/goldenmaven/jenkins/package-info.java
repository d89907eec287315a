/**
 * Runs a Jenkins pipeline and its shared libraries off Jenkins, with the interpreter, the sandbox
 * and the program format that Jenkins itself uses: {@code
 * Controller.create().with(Library.global("golden", root)).build(jenkinsfile)}.
 */
@NullMarked
package io.github.goldenmaven.jenkins;

import org.jspecify.annotations.NullMarked;
