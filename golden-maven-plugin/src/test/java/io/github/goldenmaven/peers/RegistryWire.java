package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;

/** The fixtures' own way into a registry, so that they prove nothing with code under test. */
record RegistryWire(URI uri, @Nullable TestCertificates certificates, boolean credentials) {

  /** Our own requests carry this name and are left out of {@link DockerRegistry#requests()}. */
  static final String AGENT = "golden-maven-peers";

  private static final String ACCEPT =
      String.join(
          ", ",
          MediaTypes.OCI_INDEX,
          MediaTypes.OCI_MANIFEST,
          MediaTypes.DOCKER_INDEX,
          MediaTypes.DOCKER_MANIFEST);

  /**
   * Pushes an image of a layout, all its platforms, byte for byte. These requests are not counted.
   */
  void push(LayoutFolder from, String tag, String repository, String toTag) {
    RawManifest manifest = from.manifest(tag);
    if (manifest.isIndex()) {
      for (Descriptor entry : new ImageIndex(manifest).manifests()) {
        pushManifest(from, from.manifest(entry), repository, entry.digest().toString());
      }
      putManifest(manifest, repository, toTag);
    } else {
      pushManifest(from, manifest, repository, toTag);
    }
  }

  private void pushManifest(
      LayoutFolder from, RawManifest manifest, String repository, String tag) {
    ImageManifest image = new ImageManifest(manifest);
    for (Descriptor layer : image.layers()) {
      pushBlob(from.blob(layer.digest()), layer.digest(), repository);
    }
    pushBlob(from.blob(image.config().digest()), image.config().digest(), repository);
    putManifest(manifest, repository, tag);
  }

  private void pushBlob(Path file, Digest digest, String repository) {
    if (send("HEAD", "/v2/" + repository + "/blobs/" + digest, "", null).status() == 200) {
      return;
    }
    Answer upload = send("POST", "/v2/" + repository + "/blobs/uploads/", "", null);
    URI location = uri.resolve(expect(upload, 202).location());
    String separator = location.getRawQuery() == null ? "?" : "&";
    expect(
        send(
            "PUT",
            location.getRawPath()
                + (location.getRawQuery() == null ? "" : "?" + location.getRawQuery())
                + separator
                + "digest="
                + digest,
            "application/octet-stream",
            file),
        201);
  }

  private void putManifest(RawManifest manifest, String repository, String tag) {
    putManifest(manifest.mediaType(), manifest.bytes(), repository, tag);
  }

  void putManifest(String mediaType, byte[] bytes, String repository, String tag) {
    try {
      Path body = Files.createTempFile("gm-manifest-", ".json");
      try {
        Files.write(body, bytes);
        expect(send("PUT", "/v2/" + repository + "/manifests/" + tag, mediaType, body), 201);
      } finally {
        Files.deleteIfExists(body);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The manifest or index of a tag or digest, as it is stored; not counted. */
  Optional<RawManifest> manifest(String repository, String tag) {
    Answer answer = send("GET", "/v2/" + repository + "/manifests/" + tag, "", null);
    return answer.status() == 404
        ? Optional.empty()
        : Optional.of(new RawManifest(expect(answer, 200).contentType(), answer.body()));
  }

  /** A blob whole; empty where it is not there; not counted. */
  Optional<byte[]> blob(String repository, Digest digest) {
    Answer answer = send("GET", "/v2/" + repository + "/blobs/" + digest, "", null);
    return answer.status() == 404 ? Optional.empty() : Optional.of(expect(answer, 200).body());
  }

  record Answer(int status, String location, String contentType, String latin1) {
    byte[] body() {
      return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private static Answer expect(Answer answer, int status) {
    if (answer.status() != status) {
      throw new IllegalStateException(
          "docker-registry answered " + answer.status() + " " + answer.latin1());
    }
    return answer;
  }

  Answer send(String method, String path, String contentType, @Nullable Path body) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create(uri + path).toURL().openConnection(java.net.Proxy.NO_PROXY);
      if (connection instanceof HttpsURLConnection secure && certificates != null) {
        secure.setSSLSocketFactory(certificates.trust().getSocketFactory());
      }
      connection.setRequestMethod(method);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestProperty("User-Agent", AGENT);
      connection.setRequestProperty("Accept", ACCEPT);
      connection.setConnectTimeout(2000);
      connection.setReadTimeout(60_000);
      if (credentials) {
        connection.setRequestProperty("Authorization", DockerRegistry.basic());
      }
      if (body != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", contentType);
        connection.setFixedLengthStreamingMode(Files.size(body));
        try (OutputStream out = connection.getOutputStream()) {
          Files.copy(body, out);
        }
      } else if (method.equals("POST")) {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(0);
        connection.getOutputStream().close();
      }
      int status = connection.getResponseCode();
      InputStream answer =
          status >= 400 ? connection.getErrorStream() : connection.getInputStream();
      byte[] bytes = answer == null ? new byte[0] : answer.readAllBytes();
      return new Answer(
          status,
          Optional.ofNullable(connection.getHeaderField("Location")).orElse(""),
          Optional.ofNullable(connection.getContentType()).orElse(""),
          new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
