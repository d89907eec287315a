package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The classes that could start a project, and what tells one of them apart. */
final class MainCandidates {

  /** In bytes. The largest classes of generated code have a few MiB. */
  private static final long MAX_CLASS = 64L * 1024 * 1024;

  /** What frameworks start their own packaged forms with: never the service itself. */
  private static final List<String> LAUNCHERS =
      List.of("org.springframework.boot.loader.", "io.quarkus.runner.", "io.quarkus.bootstrap.");

  private final JarProject project;
  private final List<ClassFile> classes;

  private MainCandidates(JarProject project, List<ClassFile> classes) {
    this.project = project;
    this.classes = classes;
  }

  static MainCandidates of(JarProject project) {
    Map<String, ClassFile> found = new LinkedHashMap<>();
    if (Files.isDirectory(project.classes())) {
      FileTree.under(project.classes()).stream()
          .filter(FileTree.Node::isClass)
          .flatMap(node -> ClassFile.read(bytes(node)).stream())
          .filter(read -> read.hasMain() && !isLauncher(read.name()))
          .forEach(read -> found.putIfAbsent(read.name(), read));
    }
    return new MainCandidates(project, List.copyOf(found.values()));
  }

  List<String> names() {
    return classes.stream().map(ClassFile::name).toList();
  }

  /** The only one of Spring Boot's, which its own repackaging takes, too. */
  Optional<String> springBoot() {
    List<String> marked =
        classes.stream().filter(ClassFile::springBoot).map(ClassFile::name).toList();
    return marked.size() == 1 ? Optional.of(marked.get(0)) : Optional.empty();
  }

  /** What the jar of this build starts: Spring Boot's {@code Start-Class}, else its main class. */
  Optional<String> ofManifest() {
    if (project.starts().jar() == null || !Files.isRegularFile(project.starts().jar())) {
      return Optional.empty();
    }
    try (JarFile jar = new JarFile(project.starts().jar().toFile(), false)) {
      Manifest manifest = jar.getManifest();
      if (manifest == null) {
        return Optional.empty();
      }
      String start = manifest.getMainAttributes().getValue("Start-Class");
      String main = manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
      return Optional.ofNullable(start != null ? start : main).filter(name -> !isLauncher(name));
    } catch (IOException | SecurityException noJar) {
      // Other packagings have artifacts of other forms: they say nothing here.
      return Optional.empty();
    }
  }

  static boolean isLauncher(String name) {
    return LAUNCHERS.stream().anyMatch(name::startsWith);
  }

  private static byte[] bytes(FileTree.Node node) {
    if (node.size() > MAX_CLASS) {
      throw new RefusedException(
          "The class file '" + Printable.of(node.relative()) + "' has " + node.size() + " bytes.",
          "No class file is that large: remove it, or name the class that starts the service in"
              + " <container><mainClass> or with -Dgolden.container.mainClass=….");
    }
    try {
      return Files.readAllBytes(node.path());
    } catch (IOException e) {
      throw FileTree.unreadable(node.path(), e);
    }
  }
}
