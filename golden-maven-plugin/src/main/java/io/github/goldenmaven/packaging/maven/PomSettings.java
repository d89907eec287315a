package io.github.goldenmaven.packaging.maven;

import io.github.goldenmaven.packaging.container.ContainerSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of jib-maven-plugin as the POM says them: by a property, {@code
 * jib.container.mainClass}, else by the element of that name. The property goes first, as in jib.
 *
 * @param in the elements around, outermost first: {@code container}
 */
record PomSettings(PomProperties properties, MavenDom dom, String in)
    implements ContainerSettings.Source {

  /** The text as it is, jib's word for the clock too, from which nothing is taken over. */
  @Nullable String written(String name) {
    return either(properties.text(property(name)), element(name).text());
  }

  @Override
  public @Nullable String text(String name) {
    String written = written(name);
    return ExistingJib.CLOCK.equals(written) ? null : written;
  }

  @Override
  public @Nullable Boolean truth(String name) {
    return either(properties.truth(property(name)), element(name).truth());
  }

  @Override
  public @Nullable List<String> list(String name) {
    return either(properties.list(property(name)), element(name).texts());
  }

  @Override
  public @Nullable Map<String, String> map(String name) {
    return either(properties.map(property(name)), element(name).map());
  }

  MavenDom element(String name) {
    return in.isEmpty() ? dom.at(name) : dom.at(in, name);
  }

  private String property(String name) {
    return in.isEmpty() ? "jib." + name : "jib." + in + "." + name;
  }

  static <T> @Nullable T either(@Nullable T ofProperty, @Nullable T ofElement) {
    return ofProperty != null ? ofProperty : ofElement;
  }
}
