package io.github.goldenmaven.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Dependencies of half a gigabyte each, and a project that has four of them. */
final class LargeJars {

  private static final String GROUP = "com.example.large";
  private static final int COUNT = 4;
  private static final int MEBIBYTES = 512;

  private LargeJars() {}

  /** Puts the jars into a local repository and makes a project that depends on them. */
  static Path project(Path folder, Path localRepository) throws IOException {
    List<String> dependencies = new ArrayList<>();
    for (int i = 1; i <= COUNT; i++) {
      String artifact = "ore-" + i;
      Path home = localRepository.resolve("com/example/large/" + artifact + "/1.0");
      Files.createDirectories(home);
      Path jar = home.resolve(artifact + "-1.0.jar");
      if (!Files.exists(jar)) {
        write(jar, i);
      }
      Files.writeString(home.resolve(artifact + "-1.0.pom"), pom(GROUP, artifact, ""));
      dependencies.add(
          "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>1.0</version></dependency>"
              .formatted(GROUP, artifact));
    }
    Path source = folder.resolve("src/main/java/com/example/large/Large.java");
    Files.createDirectories(source.getParent());
    Files.writeString(
        source,
        "package com.example.large;\n\npublic class Large {\n  public static void main(String[] a) {}\n}\n");
    Files.writeString(
        folder.resolve("pom.xml"),
        pom(
            GROUP,
            "large",
            "<properties><maven.compiler.release>17</maven.compiler.release>"
                + "<project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>"
                + "<dependencies>"
                + String.join("", dependencies)
                + "</dependencies>"
                + "<build><pluginManagement><plugins>"
                + plugin("maven-resources-plugin", "3.5.0")
                + plugin("maven-compiler-plugin", "3.14.1")
                + "</plugins></pluginManagement></build>"));
    return folder;
  }

  private static String plugin(String artifact, String version) {
    return "<plugin><groupId>org.apache.maven.plugins</groupId><artifactId>%s</artifactId><version>%s</version></plugin>"
        .formatted(artifact, version);
  }

  private static String pom(String group, String artifact, String rest) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>%s</groupId>
          <artifactId>%s</artifactId>
          <version>1.0</version>
          %s
        </project>
        """
        .formatted(group, artifact, rest);
  }

  private static void write(Path jar, int seed) throws IOException {
    byte[] ore = new byte[1 << 20];
    Random random = new Random(seed);
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (int i = 0; i < MEBIBYTES; i++) {
        random.nextBytes(ore);
        zip.putNextEntry(new ZipEntry("ore/" + i));
        zip.write(ore);
        zip.closeEntry();
      }
    }
  }
}
