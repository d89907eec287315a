package io.github.goldenmaven.contents;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.contents.FileTree.Place;
import io.github.goldenmaven.contents.FileTree.Walk;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.text.Printable;
import java.util.List;
import java.util.Optional;

/** The files of an image whose layers were read, from the cache where they were read before. */
public final class LayeredImageFiles implements ImageFiles {

  private final FileTree tree;

  private LayeredImageFiles(FileTree tree) {
    this.tree = tree;
  }

  /**
   * The files of one platform, of its layers, which are read where the cache does not know them.
   *
   * @throws RefusedException when a layer is not what the image's config says
   * @throws io.github.goldenmaven.UnavailableException when a layer cannot be read
   */
  public static ImageFiles read(PlatformImage image, OfficialLayers layers) {
    return of(image.layers().stream().map(Descriptor::digest).toList(), layers.read(image));
  }

  /** The files of these layers, bottom first. */
  public static ImageFiles of(List<Digest> digests, List<LayerContents> layers) {
    FileTree tree = new FileTree();
    for (int layer = 0; layer < layers.size(); layer++) {
      tree.apply(OfficialLayers.what(digests.get(layer)), layers.get(layer));
    }
    return new LayeredImageFiles(tree);
  }

  @Override
  public Optional<Node> lookup(String path) {
    Walk walk = tree.walk(path, false);
    Place place = tree.end(walk);
    return place == null ? Optional.empty() : Optional.of(node(walk.path(), place));
  }

  private static Node node(String path, Place place) {
    return new Node(
        path,
        switch (place.type()) {
          case FILE -> Type.FILE;
          case DIRECTORY -> Type.DIRECTORY;
          case SYMBOLIC_LINK -> Type.SYMBOLIC_LINK;
          default -> Type.OTHER;
        },
        place.mode(),
        place.owner(),
        place.content().size(),
        place.content().link(),
        place.content().content().orElse(null));
  }

  @Override
  public String resolve(String path) {
    return tree.walk(path, true).path();
  }

  @Override
  public List<String> names(String folder) {
    Place place = tree.end(tree.walk(folder, true));
    return place == null ? List.of() : place.names();
  }

  @Override
  public Optional<byte[]> content(String path) {
    if (!RetainedFiles.keeps(path)) {
      throw new IllegalArgumentException("files named like '" + path + "' are not kept");
    }
    Walk walk = tree.walk(path, true);
    Place place = tree.end(walk);
    if (place == null || place.type() != TarEntry.Type.FILE) {
      return Optional.empty();
    }
    return Optional.of(
        place
            .content()
            .bytes()
            .map(byte[]::clone)
            .orElseThrow(() -> notKept(path, walk.path(), place.content())));
  }

  private static RefusedException notKept(String path, String real, ContentEntry file) {
    String problem = "'/" + Printable.of(path) + "' of the official image ";
    if (RetainedFiles.keeps(file.path())) {
      return new RefusedException(
          problem + "has " + file.size() + " bytes, too many to be edited.",
          "At most "
              + RetainedFiles.MAX_BYTES
              + " are read: name another official image in 'from' of golden.yaml.");
    }
    return new RefusedException(
        problem + "is '/" + Printable.of(real) + "', and files of that name are not read.",
        "Have the link point to a file of its own name, or name another official image in 'from' of"
            + " golden.yaml.");
  }
}
