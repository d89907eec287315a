/**
 * Runs a Jenkins pipeline and its shared libraries off Jenkins, with the interpreter, the sandbox
 * and the program format that Jenkins itself uses. A test of a library of your own:
 *
 * <pre>{@code
 * Build build =
 *     Controller.create()
 *         .with(Library.folder("company", Path.of(".")))
 *         .withStep(StepType.of("deploy").requires("to").insideNode(), call -> "deployed")
 *         .withShell(call -> new Shell.Result(0, ""))
 *         .withRestarts(Restarts.EVERY)
 *         .build(Jenkinsfile.of("companyPipeline()"));
 * assertThat(build.violations()).isEmpty();
 * assertThat(build.result()).isEqualTo("SUCCESS");
 * }</pre>
 *
 * This package is what tests use. Those below it are public for each other only, and may change.
 */
@NullMarked
package io.github.goldenmaven.jenkins;

import org.jspecify.annotations.NullMarked;
