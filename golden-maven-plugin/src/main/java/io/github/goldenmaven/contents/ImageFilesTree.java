package io.github.goldenmaven.contents;

import io.github.goldenmaven.contents.ImageFiles.Node;
import io.github.goldenmaven.golden.ImageTree;
import java.util.List;
import java.util.Optional;

/** What an image has, as the rooms above ask for it. */
record ImageFilesTree(ImageFiles files) implements ImageTree {

  private static final int EXECUTABLE = 0111;

  @Override
  public Type type(String path) {
    Optional<Node> node = path.isEmpty() ? Optional.empty() : files.lookup(path);
    // A path through a link is another one: nothing stands at this very path.
    if (node.isEmpty() || !node.orElseThrow().path().equals(path)) {
      return path.isEmpty() ? Type.FOLDER : Type.NOTHING;
    }
    return switch (node.orElseThrow().type()) {
      case DIRECTORY -> Type.FOLDER;
      case SYMBOLIC_LINK -> Type.LINK;
      default -> (node.orElseThrow().mode() & EXECUTABLE) != 0 ? Type.PROGRAM : Type.FILE;
    };
  }

  @Override
  public List<String> names(String folder) {
    return type(folder) == Type.FOLDER ? files.names(folder) : List.of();
  }

  @Override
  public String resolve(String path) {
    return files.resolve(path);
  }
}
