package io.github.goldenmaven.packaging.jib;

import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.LayerObject;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** jib's build plan turned into values of ours. Its base is never followed. */
final class JibPlan {

  static final String BASE = "scratch";

  private static final Pattern NUMBERS = Pattern.compile("([0-9]{1,9})?(?::([0-9]{1,9})?)?");

  private final ContainerBuildPlan plan;
  private final ContainerPath appRoot;
  private final Console console;

  JibPlan(ContainerBuildPlan plan, ContainerPath appRoot, Console console) {
    this.plan = plan;
    this.appRoot = appRoot;
    this.console = console;
  }

  /**
   * Reads the plan; extensions may have changed any of it.
   *
   * @param before what was put in
   * @param written what that came from: times and formats that nobody wrote stay so
   */
  PackagedService read(ServiceContainer before, ContainerSettings written) {
    if (!plan.getBaseImage().equals(BASE)) {
      console.warn(
          "A jib plugin extension asks for the base '"
              + Printable.of(plan.getBaseImage())
              + "', which golden:build does not follow.",
          "Name the golden image in <base> or with -Dgolden.base.");
    }
    List<ServiceLayer> layers = new ArrayList<>();
    for (LayerObject layer : plan.getLayers()) {
      layers.add(layer((FileEntriesLayer) layer));
    }
    return new PackagedService(layers, container(before, written));
  }

  private ServiceContainer container(ServiceContainer before, ContainerSettings written) {
    boolean sameTime =
        before.created() == null
            ? plan.getCreationTime().equals(Instant.EPOCH)
            : plan.getCreationTime().equals(before.created());
    ContainerSettings planned =
        new ContainerSettings(
            null,
            plan.getCmd(),
            sameTime ? written.creationTime() : plan.getCreationTime().toString(),
            null,
            plan.getEnvironment(),
            null,
            null,
            null,
            written.format(),
            null,
            plan.getLabels(),
            null,
            plan.getExposedPorts().stream().map(Object::toString).toList(),
            plan.getUser(),
            plan.getVolumes().stream().map(Object::toString).toList(),
            text(plan.getWorkingDirectory()));
    return ServiceContainer.of(planned, plan.getEntrypoint(), before.mainClass());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private ServiceLayer layer(FileEntriesLayer layer) {
    List<LayerEntry> entries = layer.getEntries().stream().map(JibPlan::entry).toList();
    return ServiceLayer.listed(layer.getName(), appRoot, entries);
  }

  private static LayerEntry entry(FileEntry entry) {
    Path file = entry.getSourceFile();
    String path =
        ContainerPath.parse("jib's build plan", entry.getExtractionPath().toString()).inLayer();
    int mode = entry.getPermissions().getPermissionBits();
    Owner owner = owner(entry);
    if (Files.isDirectory(file)) {
      return new LayerEntry.Directory(path, mode, owner, entry.getModificationTime());
    }
    try {
      return new LayerEntry.File(
          path,
          Files.size(file),
          new LayerEntry.OnDisk(file),
          mode,
          owner,
          entry.getModificationTime());
    } catch (IOException e) {
      throw new RefusedException(
          "'" + Printable.of(file.toString()) + "' cannot be read.",
          "Remove it, or fix the link if it is one.",
          e);
    }
  }

  /** An extension may give owners; names mean nothing without the base's own list of users. */
  private static Owner owner(FileEntry entry) {
    Matcher matcher = NUMBERS.matcher(entry.getOwnership());
    if (!matcher.matches()) {
      throw new RefusedException(
          "A jib plugin extension gives '"
              + Printable.of(entry.getExtractionPath().toString())
              + "' to '"
              + Printable.of(entry.getOwnership())
              + "', which is not numeric.",
          "Write owners as numbers, like '10001:10001', in the extension's <configuration>.");
    }
    return new Owner(number(matcher.group(1)), number(matcher.group(2)));
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
