package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Jenkins demands of a checkout before it loads a library from it. */
class LibraryCheckoutTest {

  private static final Set<String> NOT_CHECKED_OUT = Set.of(".git", "target");
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void hasNoSymbolicLinkBecauseOneMakesJenkinsRejectTheLibrary() throws IOException {
    assertThat(CHECKOUT.resolve("vars")).isDirectory();
    assertThat(symbolicLinks(CHECKOUT)).isEmpty();
  }

  @Test
  void aSymbolicLinkWouldBeFound(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("vars/deep"));
    Path link = folder.resolve("vars/deep/link.groovy");
    Files.createSymbolicLink(link, Path.of("/etc/passwd"));

    assertThat(symbolicLinks(folder)).containsExactly(link);
  }

  private static List<Path> symbolicLinks(Path root) throws IOException {
    List<Path> links = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_CHECKED_OUT.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink()) {
              links.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return links;
  }
}
