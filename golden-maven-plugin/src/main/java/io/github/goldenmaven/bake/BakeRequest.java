package io.github.goldenmaven.bake;

import io.github.goldenmaven.bake.files.Artifacts;
import io.github.goldenmaven.cache.Cache;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.cache.LayerCache;
import io.github.goldenmaven.cache.PushMemory;
import io.github.goldenmaven.contents.LayerContentsCache;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.provenance.git.GitFacts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What to bake.
 *
 * @param source where the official image is read: {@code from}, or a mirror of what it is pinned to
 * @param target repository, layout folder or engine's name, without a tag
 * @param policy the official publishers allowed; {@code null} allows any
 * @param createdOrNull {@code golden.created}, else {@code project.build.outputTimestamp}; else the
 *     commit's time, else the epoch
 * @param git asked once, of golden.yaml
 * @param runs runs {@code run:}'s commands; asked only where there are some
 * @param cache folder for documents, layers and what official layers hold
 * @param work a folder for what archives hold while the bake runs
 * @param clock for the certificates' dates: it refuses and warns, and never decides a byte
 * @param dryRun everything but {@code run:} and the push
 */
public record BakeRequest(
    GoldenDefinition definition,
    ImageReference source,
    ImageReference target,
    @Nullable GoldenPolicy policy,
    @Nullable Instant createdOrNull,
    Supplier<GitFacts> git,
    Artifacts artifacts,
    CommandRunner runs,
    Path cache,
    Path work,
    Clock clock,
    boolean release,
    boolean dryRun) {

  /** Manifests and configs seen before. */
  DocumentCache documents() {
    return new Cache(cache).documents();
  }

  /** Layers written before. */
  LayerCache layers() {
    return new Cache(cache).layers();
  }

  /** What was pushed where. */
  PushMemory pushes() {
    return new Cache(cache).pushes();
  }

  /** What official layers hold. */
  LayerContentsCache officialLayers() {
    return new LayerContentsCache(new Cache(cache).folder(Cache.Kind.SCANS), Clock.systemUTC());
  }
}
