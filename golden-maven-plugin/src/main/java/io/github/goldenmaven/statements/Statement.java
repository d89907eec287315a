package io.github.goldenmaven.statements;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.files.RegularFile;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An in-toto statement: what is said, and of which images. Version 1 is written, 0.1 is read too.
 *
 * @param subjects the images it is about, at least one
 * @param predicateType a URI that says what the predicate means
 * @see <a href="https://github.com/in-toto/attestation/blob/v1.1.0/spec/v1/statement.md">in-toto
 *     attestation framework, statement</a>
 */
public record Statement(List<Subject> subjects, String predicateType, JsonObject predicate) {

  private static final String TYPE = "https://in-toto.io/Statement/v1";
  private static final Set<String> TYPES = Set.of(TYPE, "https://in-toto.io/Statement/v0.1");
  private static final List<String> KEYS =
      List.of("_type", "subject", "predicateType", "predicate");

  /** An index and its platforms; far more than any image has. */
  private static final int MAX_SUBJECTS = 256;

  private static final String REMEDY = "Have it made and signed again.";

  /**
   * One image.
   *
   * @param name its repository, or empty; only the digest says which image is meant
   */
  public record Subject(String name, Digest digest) {}

  public Statement {
    subjects = List.copyOf(subjects);
  }

  /**
   * Reads a statement.
   *
   * @param what it as messages name it: {@code "The statement 'sha256:…'"}
   * @throws RefusedException when it is malformed, of no known version or about nothing
   */
  public static Statement read(String what, byte[] bytes) {
    JsonObject json = StrictJson.read(what, bytes).requireSpelled(KEYS);
    String type = json.string("_type").orElse("");
    if (!TYPES.contains(type)) {
      throw new RefusedException(
          "%s has the type '%s', which is no in-toto statement's."
              .formatted(what, Printable.of(type)),
          REMEDY);
    }
    List<JsonObject> subjects = json.objects("subject");
    if (subjects.size() > MAX_SUBJECTS) {
      throw new RefusedException(
          "%s has %d subjects, where at most %d are read."
              .formatted(what, subjects.size(), MAX_SUBJECTS),
          REMEDY);
    }
    List<Subject> images = new ArrayList<>();
    subjects.forEach(subject -> image(subject).ifPresent(images::add));
    if (images.isEmpty()) {
      throw new RefusedException(what + " names no image by a SHA-256 digest.", REMEDY);
    }
    return new Statement(
        images,
        json.required("predicateType", json.string("predicateType")),
        json.object("predicate").orElse(JsonObject.EMPTY));
  }

  /**
   * Reads a statement that a goal left in a file.
   *
   * @throws RefusedException when it is not there, or no statement
   */
  public static Statement read(Path file) {
    String remedy =
        "Name the 'provenance.json' that golden:build or golden:bake left, in <statement> or with"
            + " -Dgolden.statement.";
    RegularFile.require(file, remedy);
    try (InputStream in = Files.newInputStream(file)) {
      return read("'" + file + "'", in.readNBytes(StrictJson.MAX_BYTES + 1));
    } catch (IOException e) {
      throw new RefusedException("'" + file + "' cannot be read.", remedy, e);
    }
  }

  /** Empty where it is a subject by another digest than an image's. */
  private static Optional<Subject> image(JsonObject subject) {
    return subject
        .object("digest")
        .flatMap(digest -> digest.string("sha256"))
        .map(hex -> new Subject(subject.string("name").orElse(""), Digest.parse("sha256:" + hex)));
  }

  /** Whether it is about the image with this digest. */
  public boolean isAbout(Digest image) {
    return subjects.stream().anyMatch(subject -> subject.digest().equals(image));
  }

  /** The same bytes for the same statement. */
  public JsonObject toJson() {
    List<JsonObject> images =
        subjects.stream()
            .map(
                subject ->
                    JsonObject.EMPTY
                        .with("name", subject.name())
                        .with("digest", JsonObject.EMPTY.with("sha256", subject.digest().hex())))
            .toList();
    return JsonObject.EMPTY
        .with("_type", TYPE)
        .with("subject", JsonValue.ofObjects(images))
        .with("predicateType", predicateType)
        .with("predicate", predicate);
  }
}
