package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.packaging.container.ContainerSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a project wants to be packaged, as it was written.
 *
 * @param extraDirectories none means jib's default, {@code src/main/jib} where it exists
 * @param permissions file or glob in the image to three octal digits, first match wins
 * @param containerizingMode {@code exploded} or {@code packaged}; {@code null} for exploded
 */
public record LayeringSettings(
    ContainerSettings container,
    List<ExtraDirectory> extraDirectories,
    Map<String, String> permissions,
    @Nullable String containerizingMode) {

  /** Nothing was written. */
  public static final LayeringSettings NONE =
      new LayeringSettings(ContainerSettings.NONE, List.of(), Map.of(), null);

  public LayeringSettings {
    extraDirectories = List.copyOf(extraDirectories);
    permissions = Collections.unmodifiableMap(new LinkedHashMap<>(permissions));
  }

  public static LayeringSettings of(ContainerSettings container) {
    return new LayeringSettings(container, List.of(), Map.of(), null);
  }

  /** These settings where they say something, else the defaults. */
  public LayeringSettings over(LayeringSettings defaults) {
    return new LayeringSettings(
        container.over(defaults.container),
        extraDirectories.isEmpty() ? defaults.extraDirectories : extraDirectories,
        permissions.isEmpty() ? defaults.permissions : permissions,
        containerizingMode != null ? containerizingMode : defaults.containerizingMode);
  }

  public LayeringSettings withExtraDirectories(List<ExtraDirectory> changed) {
    return new LayeringSettings(container, changed, permissions, containerizingMode);
  }
}
