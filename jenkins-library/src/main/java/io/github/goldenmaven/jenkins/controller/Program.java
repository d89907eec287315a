package io.github.goldenmaven.jenkins.controller;

import io.github.goldenmaven.jenkins.TestCounts;
import io.github.goldenmaven.jenkins.program.PipelineThread;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that a build must remember over a restart of its controller. */
final class Program implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The threads that can run, the next one first. */
  final ArrayDeque<Running> ready = new ArrayDeque<>();

  /** The step that is being performed, and who called it. */
  @Nullable Running calling;

  @Nullable StepCall call;

  /** What the build sets about itself. */
  String result = "SUCCESS";

  String description = "";
  String displayName = "#1";
  final TreeMap<String, String> environment = new TreeMap<>();
  TestCounts tests = TestCounts.NONE;
  int milestone = -1;
  int nodes;

  /** The workspaces of the open {@code node} blocks. */
  final HashSet<String> workspaces = new HashSet<>();

  final HashSet<Integer> lostNodes = new HashSet<>();
  final HashSet<String> locks = new HashSet<>();
  final ArrayList<LockBlock> waiting = new ArrayList<>();

  /** The results, better first. */
  private static final java.util.List<String> RESULTS =
      java.util.List.of("SUCCESS", "UNSTABLE", "FAILURE", "NOT_BUILT", "ABORTED");

  /** A result only gets worse. */
  void worsen(String other) {
    if (rank(other) > rank(result)) {
      result = other;
    }
  }

  static int rank(String result) {
    return Math.max(0, RESULTS.indexOf(result));
  }

  static boolean isResult(String text) {
    return RESULTS.contains(text);
  }

  /**
   * A thread with its place in the blocks.
   *
   * @param thread the interpreter's thread
   * @param context what the blocks around it give
   * @param blockOrNull the block whose body it runs; null for the Jenkinsfile itself
   */
  record Running(PipelineThread thread, Context context, @Nullable OpenBlock blockOrNull)
      implements Serializable {}
}
