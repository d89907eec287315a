package io.github.goldenmaven.bench;

import java.nio.file.Path;
import java.util.List;

/** Two plugins that put the same service onto the same base. */
enum Tool {
  JIB("jib-maven-plugin 3.5.2", "com.google.cloud.tools:jib-maven-plugin:3.5.2:") {
    @Override
    List<String> push(String base, String image, Path cache) {
      return List.of(
          plugin + "build",
          "-Djib.from.image=" + base,
          "-Djib.to.image=" + image,
          "-Djib.allowInsecureRegistries=true",
          "-DsendCredentialsOverHttp=true",
          "-Djib.baseImageCache=" + cache.resolve("base"),
          "-Djib.applicationCache=" + cache.resolve("application"),
          "-Djib.console=plain");
    }

    @Override
    List<String> load(String base, String image, Path cache, String docker) {
      return List.of(
          plugin + "dockerBuild",
          "-Djib.from.image=" + base,
          "-Djib.to.image=" + image,
          "-Djib.allowInsecureRegistries=true",
          "-Djib.baseImageCache=" + cache.resolve("base"),
          "-Djib.applicationCache=" + cache.resolve("application"),
          "-Djib.dockerClient.executable=" + docker,
          "-Djib.console=plain");
    }
  },

  GOLDEN("golden-maven-plugin", "io.github.goldenmaven:golden-maven-plugin:0.1.0-SNAPSHOT:") {
    @Override
    List<String> push(String base, String image, Path cache) {
      return List.of(
          plugin + "build-no-fork",
          "-Dgolden.base=" + base,
          "-Dgolden.image=" + image,
          "-Dgolden.cache=" + cache);
    }

    @Override
    List<String> load(String base, String image, Path cache, String docker) {
      return push(base, "docker-daemon:" + image, cache);
    }
  };

  private final String title;
  final String plugin;

  Tool(String title, String plugin) {
    this.title = title;
    this.plugin = plugin;
  }

  String title() {
    return title;
  }

  /** Its goal and properties for pushing to a registry. */
  abstract List<String> push(String base, String image, Path cache);

  /**
   * Its goal and properties for loading into a Docker Engine.
   *
   * @param docker path of the docker command
   */
  abstract List<String> load(String base, String image, Path cache, String docker);
}
