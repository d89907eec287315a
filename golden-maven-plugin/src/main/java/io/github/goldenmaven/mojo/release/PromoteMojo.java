package io.github.goldenmaven.mojo.release;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.cache.Cache;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.mojo.CommandLine;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.promote.Promotion;
import io.github.goldenmaven.promote.Promotion.Result;
import io.github.goldenmaven.promote.Statements;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.stores.ImageStores;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.report.VerifyProperties;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Checks an image as <code>golden:verify</code> does and, where it passes, copies exactly that
 * digest (all platforms, and whatever refers to it) to the repository of releases. Inside one
 * registry no layer bytes move. Needs no project; in a reactor it runs once.
 */
@Mojo(
    name = "promote",
    defaultPhase = LifecyclePhase.DEPLOY,
    requiresProject = false,
    aggregator = true,
    threadSafe = true)
public final class PromoteMojo extends AbstractGateMojo {

  private static final String PROMOTED = "promote.json";

  /**
   * Where the image goes: a repository, with or without a tag; the image's own tag where it names
   * none. Example: <code>registry.company.example/release/orders</code>.
   */
  @Parameter(property = "golden.to")
  private @Nullable String to;

  /** Allows moving a tag of the target that names another image. */
  @Parameter(property = "golden.overwrite", defaultValue = "false")
  private boolean overwrite;

  /**
   * Checks, and says what would be copied where. <code>-Dgolden.push=false</code> does the same.
   */
  @Parameter(property = "golden.dryRun", defaultValue = "false")
  private boolean dryRun;

  @Override
  protected String goal() {
    return "golden:promote";
  }

  @Override
  protected void skipped() {
    super.skipped();
    results().clear(PROMOTED);
  }

  @Override
  protected void takeFrom(CommandLine typed) {
    super.takeFrom(typed);
    to = typed.text("golden.to");
    overwrite = typed.says("golden.overwrite");
    dryRun = typed.says("golden.dryRun");
  }

  @Override
  protected ImageReference target(List<ImageReference> images) {
    if (images.size() != 1) {
      throw new RefusedException(
          "There are " + images.size() + " images to promote to one place.",
          "Name one image in <image> or with -Dgolden.image.");
    }
    return target(images.get(0));
  }

  @Override
  protected void passed(GateReport report, Console console) {
    ImageReport checked = report.images().get(0);
    ImageReference source = here(ImageReference.parse(checked.reference()));
    ImageReference target = target(source);
    failed(report);
    write(report, promote(checked.digest().orElseThrow(), source, target, console));
  }

  /** Written first: a promotion that breaks, or is killed, leaves this. */
  private void failed(GateReport report) {
    Map<String, String> properties = new LinkedHashMap<>(VerifyProperties.of(report));
    properties.put("golden.promoted.outcome", "failed");
    results().write(RESULT, properties);
  }

  private Result promote(
      Digest digest, ImageReference source, ImageReference target, Console console) {
    boolean only = pushesNothing(dryRun, console);
    ImageStores stores = stores();
    DocumentCache documents = new Cache(cacheFolder()).documents();
    try (ImageStore from = stores.open(source);
        ImageStore into = stores.open(target)) {
      return new Promotion(from, into, documents, console)
          .promote(Statements.of(digest, from, documents), target, overwrite, only);
    }
  }

  private void write(GateReport report, Result result) {
    results().write(PROMOTED, result.toJson(report.summary()));
    Map<String, String> properties = new LinkedHashMap<>(VerifyProperties.of(report));
    properties.put("golden.promoted.reference", result.target().toString());
    properties.put("golden.promoted.digest", result.digest().toString());
    properties.put("golden.promoted.outcome", result.word());
    results().write(RESULT, properties);
  }

  private ImageReference target(ImageReference source) {
    if (to == null || to.isBlank()) {
      throw new RefusedException(
          "The promotion has no target.",
          "Name the repository of releases in <to> or with -Dgolden.to.");
    }
    ImageReference target = here(ImageReference.parse(to));
    if (target.digest().isPresent()) {
      throw new RefusedException(
          "The target '" + target + "' names a digest.",
          "Leave it out of <to> and -Dgolden.to: exactly the checked digest is promoted.");
    }
    boolean untagged = !to.substring(to.lastIndexOf('/') + 1).contains(":");
    return untagged ? target.withTag(source.tag().orElse("latest")) : target;
  }
}
