package io.github.goldenmaven.packaging.container;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code <container>} as a test writes it. */
public final class WrittenContainer implements ContainerSettings.Source {

  private final Map<String, @Nullable Object> written = new HashMap<>();

  private WrittenContainer() {}

  public static WrittenContainer empty() {
    return new WrittenContainer();
  }

  public ContainerSettings build() {
    return ContainerSettings.read(this);
  }

  private WrittenContainer with(String name, @Nullable Object value) {
    written.put(name, value);
    return this;
  }

  public WrittenContainer appRoot(@Nullable String value) {
    return with("appRoot", value);
  }

  public WrittenContainer args(@Nullable List<String> value) {
    return with("args", value);
  }

  public WrittenContainer creationTime(@Nullable String value) {
    return with("creationTime", value);
  }

  public WrittenContainer entrypoint(@Nullable List<String> value) {
    return with("entrypoint", value);
  }

  public WrittenContainer environment(@Nullable Map<String, String> value) {
    return with("environment", value);
  }

  public WrittenContainer expandClasspathDependencies(@Nullable Boolean value) {
    return with("expandClasspathDependencies", value);
  }

  public WrittenContainer extraClasspath(@Nullable List<String> value) {
    return with("extraClasspath", value);
  }

  public WrittenContainer filesModificationTime(@Nullable String value) {
    return with("filesModificationTime", value);
  }

  public WrittenContainer format(@Nullable String value) {
    return with("format", value);
  }

  public WrittenContainer jvmFlags(@Nullable List<String> value) {
    return with("jvmFlags", value);
  }

  public WrittenContainer labels(@Nullable Map<String, String> value) {
    return with("labels", value);
  }

  public WrittenContainer mainClass(@Nullable String value) {
    return with("mainClass", value);
  }

  public WrittenContainer ports(@Nullable List<String> value) {
    return with("ports", value);
  }

  public WrittenContainer user(@Nullable String value) {
    return with("user", value);
  }

  public WrittenContainer volumes(@Nullable List<String> value) {
    return with("volumes", value);
  }

  public WrittenContainer workingDirectory(@Nullable String value) {
    return with("workingDirectory", value);
  }

  @Override
  public @Nullable String text(String name) {
    return (String) written.get(name);
  }

  @Override
  public @Nullable Boolean truth(String name) {
    return (Boolean) written.get(name);
  }

  @Override
  @SuppressWarnings("unchecked") // Set by the methods above alone.
  public @Nullable List<@Nullable String> list(String name) {
    return (List<@Nullable String>) written.get(name);
  }

  @Override
  @SuppressWarnings("unchecked") // Set by the methods above alone.
  public @Nullable Map<String, @Nullable String> map(String name) {
    return (Map<String, @Nullable String>) written.get(name);
  }
}
