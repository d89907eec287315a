package io.github.goldenmaven.packaging.maven;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of jib-maven-plugin as the POM says them: by a property, {@code
 * jib.container.mainClass}, else by the element of that name. The property goes first, as in jib.
 *
 * @param in the elements around, outermost first: {@code container}
 */
record PomSettings(PomProperties properties, MavenDom dom, String in) {

  @Nullable String text(String name) {
    return either(properties.text(property(name)), element(name).text());
  }

  @Nullable Boolean truth(String name) {
    return either(properties.truth(property(name)), element(name).truth());
  }

  @Nullable List<String> texts(String name) {
    return either(properties.list(property(name)), element(name).texts());
  }

  @Nullable Map<String, String> map(String name) {
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
