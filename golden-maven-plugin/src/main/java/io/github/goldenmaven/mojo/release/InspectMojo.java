package io.github.goldenmaven.mojo.release;

import io.github.goldenmaven.cache.Cache;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.lineage.ImageLineage;
import io.github.goldenmaven.lineage.LineageJson;
import io.github.goldenmaven.lineage.LineageReader;
import io.github.goldenmaven.lineage.LineageText;
import io.github.goldenmaven.mojo.AbstractGoldenMojo;
import io.github.goldenmaven.mojo.ResultFiles;
import io.github.goldenmaven.mojo.StandardOutput;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Prints an image's lineage (official, golden, application), its seam and its labels, and writes
 * them to <code>inspect.json</code> in the output directory. Needs no project.
 */
@Mojo(name = "inspect", requiresProject = false, threadSafe = true)
public final class InspectMojo extends AbstractGoldenMojo {

  private static final String INSPECT_JSON = "inspect.json";

  /**
   * The images to look at, separated by commas: in a registry, an OCI layout folder (<code>
   * oci:PATH:TAG</code>) or a Docker Engine (<code>docker-daemon:NAME:TAG</code>). Default: the one
   * that <code>golden:build</code> built here last. Example: <code>
   * registry.company.example/apps/orders:1.4.2</code>.
   */
  @Parameter(property = "golden.image")
  private @Nullable List<@Nullable String> image;

  @Override
  protected void run(Console console) {
    ResultFiles results = results();
    results.clear(INSPECT_JSON);
    ImageStores stores = stores();
    List<ImageLineage> images = new ArrayList<>();
    for (ImageReference reference :
        new SubjectImages(results, List.of(), image, null, stores).references()) {
      ImageLineage lineage = read(stores, reference);
      StandardOutput.print(LineageText.of(lineage, StandardOutput.isColoured()));
      images.add(lineage);
    }
    results.write(INSPECT_JSON, LineageJson.of(images));
    console.info("Written as JSON to " + outputDirectory.toPath().resolve(INSPECT_JSON));
  }

  private ImageLineage read(ImageStores stores, ImageReference reference) {
    try (ImageStore store = stores.open(reference)) {
      return new LineageReader(store, new Cache(cacheFolder()).documents()).read(reference);
    }
  }
}
