package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.packaging.container.ContainerSettings;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.junit.jupiter.api.Test;

/** What is written in {@code <container>} arrives, also what is added to it later. */
class ContainerOfThePomTest {

  @Test
  void everyElementReachesTheSettings() throws Exception {
    PlexusConfiguration block = new DefaultPlexusConfiguration("container");
    Map<String, Object> written = new TreeMap<>();
    for (RecordComponent key : ContainerSettings.class.getRecordComponents()) {
      Object value = value(key.getType(), key.getName());
      written.put(key.getName(), value);
      PlexusConfiguration element = new DefaultPlexusConfiguration(key.getName());
      if (value instanceof List) {
        element.addChild("item", key.getName());
      } else if (value instanceof Map) {
        element.addChild(key.getName(), key.getName());
      } else {
        element.setValue(value.toString());
      }
      block.addChild(element);
    }

    assertThat(components(ContainerSettings.read(new PomBlock(block, text -> text))))
        .isEqualTo(written);
    assertThat(ContainerSettings.KEYS).hasSameElementsAs(written.keySet());
  }

  @Test
  void nothingWrittenIsNothingSaid() throws Exception {
    assertThat(ContainerSettings.read(new PomBlock(null, text -> text)))
        .isEqualTo(ContainerSettings.NONE);
  }

  @Test
  void everySettingSurvivesTheMeetingWithNone() throws Exception {
    ContainerSettings all = settings();

    assertThat(components(all)).doesNotContainValue(null);
    assertThat(all.over(ContainerSettings.NONE)).isEqualTo(all);
    assertThat(ContainerSettings.NONE.over(all)).isEqualTo(all);
  }

  private static ContainerSettings settings() throws ReflectiveOperationException {
    RecordComponent[] components = ContainerSettings.class.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components)
            .map(component -> value(component.getType(), component.getName()))
            .toArray();
    return ContainerSettings.class.getDeclaredConstructor(types).newInstance(values);
  }

  private static Map<String, Object> components(ContainerSettings settings)
      throws ReflectiveOperationException {
    Map<String, Object> components = new TreeMap<>();
    for (RecordComponent component : ContainerSettings.class.getRecordComponents()) {
      components.put(component.getName(), component.getAccessor().invoke(settings));
    }
    return components;
  }

  /** A value of this type that only this name has. */
  private static Object value(Class<?> type, String name) {
    if (type == String.class) {
      return name;
    }
    if (type == Boolean.class) {
      return true;
    }
    if (type == List.class) {
      return List.of(name);
    }
    if (type == Map.class) {
      return Map.of(name, name);
    }
    throw new AssertionError("'" + name + "' has a type this test has no value for: " + type);
  }
}
