package io.github.goldenmaven;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * No method is longer than a screen: {@value #LONGEST} lines, from the first line of its signature
 * to its closing brace. Annotations and Javadoc above it do not count, blank lines do.
 */
class MethodLengthTest {

  private static final int LONGEST = 33;

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final List<Path> SOURCES =
      List.of(
          ROOT.resolve("jenkins-library/src/main/java"),
          ROOT.resolve("jenkins-library/src/test/java"),
          ROOT.resolve("golden-maven-plugin/src/main/java"));

  private static final Path TESTS = ROOT.resolve("golden-maven-plugin/src/test/java");

  /** Tables: one row a case, and nothing to follow from one to the next. */
  private static final Set<String> TABLES =
      Set.of(
          "LeafSteps.perform",
          "PipelineScenario.table",
          "PlantedBugsTest.mistakes",
          "PlantedBugsTest.wrongCasts",
          "UpperLayer.all");

  @Test
  void noMethodIsLongerThanAScreen() throws IOException {
    assertThat(longMethods(SOURCES)).isEmpty();
  }

  /** A class that tests one subject; more are more classes. */
  @Test
  void noTestClassHasMoreThanFourHundredLines() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : in(List.of(ROOT.resolve("jenkins-library/src/test/java"), TESTS))) {
      long lines = Files.readString(file).lines().count();
      if (lines > 400) {
        found.add(file.getFileName() + " has " + lines + " lines");
      }
    }
    assertThat(found).isEmpty();
  }

  private static List<String> longMethods(List<Path> folders) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(in(folders)));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<String> found = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        new Measure(unit, positions, found).scan(unit, null);
      }
      return found;
    }
  }

  private static List<Path> in(List<Path> folders) throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(all::add);
      }
    }
    return all;
  }

  /** Collects the methods of one file that are too long, in the words of the failure. */
  private static final class Measure extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final CharSequence source;
    private final SourcePositions positions;
    private final List<String> found;

    private Measure(CompilationUnitTree unit, SourcePositions positions, List<String> found)
        throws IOException {
      this.unit = unit;
      this.source = unit.getSourceFile().getCharContent(true);
      this.positions = positions;
      this.found = found;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      LineMap lines = unit.getLineMap();
      long last = lines.getLineNumber(positions.getEndPosition(unit, method));
      long length = last - lines.getLineNumber(signature(method)) + 1;
      String name = enclosingClass() + "." + method.getName();
      if (length > LONGEST && !TABLES.contains(name)) {
        found.add(name + " has " + length + " lines");
      }
      return super.visitMethod(method, null);
    }

    private String enclosingClass() {
      Tree type = getCurrentPath().getParentPath().getLeaf();
      return type instanceof ClassTree named ? named.getSimpleName().toString() : "";
    }

    /** Where the signature begins: behind the annotations. */
    private long signature(MethodTree method) {
      long at = positions.getStartPosition(unit, method);
      for (Tree annotation : method.getModifiers().getAnnotations()) {
        at = positions.getEndPosition(unit, annotation);
      }
      while (Character.isWhitespace(source.charAt((int) at))) {
        at++;
      }
      return at;
    }
  }
}
