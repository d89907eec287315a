package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.mojo.service.AbstractServiceMojo;
import io.github.goldenmaven.mojo.service.BuildNoForkMojo;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All of {@code <container>} can be said by a property, with one meaning for each form. */
class ContainerPropertiesTest {

  private final BuildNoForkMojo mojo = new BuildNoForkMojo();

  @Test
  void everyKeyOfTheBlockHasItsProperty() throws Exception {
    List<RecordComponent> keys = List.of(ContainerSettings.class.getRecordComponents());
    for (RecordComponent key : keys) {
      boolean truth = key.getType() == Boolean.class;
      set(
          key.getName(),
          truth
              ? (Object) true
              : key.getType() == Map.class ? "k=" + key.getName() : key.getName());
    }
    ContainerSettings settings = mojo.containerSettings();
    for (RecordComponent key : keys) {
      Object value =
          switch (key.getType().getSimpleName()) {
            case "Boolean" -> true;
            case "List" -> List.of(key.getName());
            case "Map" -> Map.of("k", key.getName());
            default -> key.getName();
          };
      assertThat(key.getAccessor().invoke(settings)).as(key.getName()).isEqualTo(value);
    }
    assertThat(
            Arrays.stream(AbstractServiceMojo.class.getDeclaredFields())
                .filter(field -> !field.isSynthetic() && !field.getName().equals("container")))
        .hasSameSizeAs(keys);
  }

  @Test
  void aListIsWrittenWithCommasLikeJibs() throws Exception {
    set("jvmFlags", "-Xmx512m, -Xlog:gc\\,safepoint:file=C:\\log,,");
    assertThat(mojo.containerSettings().jvmFlags())
        .containsExactly("-Xmx512m", "-Xlog:gc,safepoint:file=C:\\log");
  }

  @Test
  void aMapIsWrittenWithCommasAndEqualsLikeJibs() throws Exception {
    set("environment", "TZ = Asia/Seoul, OPTIONS=a=b\\,c=d,EMPTY=");
    assertThat(mojo.containerSettings().environment())
        .containsExactly(
            Map.entry("TZ", "Asia/Seoul"), Map.entry("OPTIONS", "a=b,c=d"), Map.entry("EMPTY", ""));
  }

  @Test
  void aListOfThePomMayStandBetweenCommasLikeJibs() throws Exception {
    PlexusConfiguration block = new DefaultPlexusConfiguration("container");
    block.addChild("ports", "8080, 9000-9002/udp ,53");
    set(AbstractServiceMojo.class, mojo, "container", block);
    assertThat(mojo.containerSettings().ports()).containsExactly("8080", "9000-9002/udp", "53");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TZ", "=value", "A=b,TZ"})
  void refusesAMapWithoutNamesOrValues(String text) throws Exception {
    set("labels", text);
    assertThat(catchThrowableOfType(RefusedException.class, mojo::containerSettings).getMessage())
        .isEqualTo(
            "'"
                + (text.startsWith("=") ? text : "TZ")
                + "' in '-Dgolden.container.labels' is no name and value. Write"
                + " 'golden.container.labels' as name=value,name=value, with '\\,' for a comma in"
                + " a value.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void aBlankPropertySaysNothing(String blank) throws Exception {
    for (String key : List.of("args", "environment", "user")) {
      set(key, blank);
    }
    assertThat(mojo.containerSettings()).isEqualTo(ContainerSettings.NONE);
  }

  @Test
  void whatThePomSaysOfOneKeyWinsAndMapsAreJoined() throws Exception {
    PlexusConfiguration block = new DefaultPlexusConfiguration("container");
    block.addChild("user", "10001");
    block.addChild("ports", "8080");
    PlexusConfiguration variables = new DefaultPlexusConfiguration("environment");
    variables.addChild("A", "pom");
    block.addChild(variables);
    set(AbstractServiceMojo.class, mojo, "container", block);
    set("user", "0");
    set("ports", "9000");
    set("environment", "A=typed,B=typed");
    set("args", "--verbose");
    ContainerSettings settings = mojo.containerSettings();
    assertThat(settings.user()).isEqualTo("10001");
    assertThat(settings.ports()).containsExactly("8080");
    assertThat(settings.environment()).isEqualTo(Map.of("A", "pom", "B", "typed"));
    assertThat(settings.args()).containsExactly("--verbose");
  }

  @Test
  void theDocumentHasEachKeyAndEachIsAParameterOfTheGoal() throws Exception {
    String source =
        Files.readString(
            Path.of("src/main/java/io/github/goldenmaven/mojo/service/AbstractServiceMojo.java"));
    List<String> rows =
        Files.readString(Path.of("../docs/build.md"))
            .lines()
            .filter(line -> line.startsWith("| `<"))
            .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1)).strip())
            .toList();
    List<String> keys =
        Arrays.stream(ContainerSettings.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();
    assertThat(rows)
        .isEqualTo(
            keys.stream()
                .map(key -> "| `<" + key + ">` | `golden.container." + key + "`")
                .toList());
    assertThat(keys)
        .allSatisfy(
            key ->
                assertThat(source)
                    .contains("@Parameter(property = \"golden.container." + key + "\")"));
  }

  private void set(String key, Object value) throws ReflectiveOperationException {
    String field = "container" + key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    set(AbstractServiceMojo.class, mojo, field, value);
  }

  private static void set(Class<?> type, Object target, String name, Object value)
      throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    field.set(target, value);
  }
}
