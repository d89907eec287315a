package io.github.goldenmaven.mojo;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.signing.KeyPassword;
import io.github.goldenmaven.signing.KeyReference;
import io.github.goldenmaven.statements.PackageUrl;
import io.github.goldenmaven.statements.ProvenanceSigner;
import io.github.goldenmaven.statements.RunFacts;
import io.github.goldenmaven.statements.Sbom;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** From a goal's parameters to what signs its image's provenance. */
public final class SigningParameters {

  private SigningParameters() {}

  /**
   * The settings.
   *
   * @param folder where relative paths begin
   * @param system what Maven knows of itself and the machine
   */
  public static ProvenanceSigner.Settings settings(
      @Nullable String key,
      @Nullable String keyPassword,
      @Nullable String builder,
      Path folder,
      String version,
      Properties system,
      Map<String, String> environment) {
    return new ProvenanceSigner.Settings(
        given(key).map(text -> KeyReference.parse(text, folder)),
        given(keyPassword).map(text -> KeyPassword.parse(text, folder)),
        given(builder),
        Optional.ofNullable(environment.get("BUILD_URL")),
        tools(version, system));
  }

  /**
   * What cyclonedx-maven-plugin attached to the project in this very build; a file of an earlier
   * build is nobody's. One that cannot be signed is told.
   */
  public static Optional<JsonObject> sbom(MavenProject project, Console console) {
    Optional<Path> file =
        project.getAttachedArtifacts().stream()
            .filter(attached -> "cyclonedx".equals(attached.getClassifier()))
            .filter(attached -> "json".equals(attached.getType()) && attached.getFile() != null)
            .map(attached -> attached.getFile().toPath())
            .findFirst();
    try {
      return file.map(Sbom::read);
    } catch (RefusedException e) {
      console.warn(e.problem(), e.remedy());
      return Optional.empty();
    }
  }

  private static Optional<String> given(@Nullable String parameter) {
    return Optional.ofNullable(parameter).map(String::strip).filter(text -> !text.isEmpty());
  }

  private static List<JsonObject> tools(String version, Properties system) {
    return List.of(
        RunFacts.tool("JDK", PackageUrl.ofGeneric("openjdk", Runtime.version().toString())),
        RunFacts.tool(
            "Maven",
            PackageUrl.ofMaven(
                "org.apache.maven",
                "apache-maven",
                system.getProperty("maven.version", "unknown"))),
        plugin(
            RunFacts.tool(
                "plugin",
                PackageUrl.ofMaven("io.github.goldenmaven", "golden-maven-plugin", version))));
  }

  /** With the digest of the jar that this class is in; a folder of classes has none. */
  private static JsonObject plugin(JsonObject plugin) {
    try {
      Path jar =
          Path.of(
              SigningParameters.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        return plugin;
      }
      MessageDigest sha256 = Digest.sha256();
      try (InputStream in = new DigestInputStream(Files.newInputStream(jar), sha256)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return plugin.with("digest", Map.of("sha256", Digest.of(sha256).hex()));
    } catch (IOException | URISyntaxException e) {
      throw new UnavailableException(
          "The plugin's own jar could not be read.", "Run the build again.", e);
    }
  }
}
