package io.github.goldenmaven.packaging.jib;

import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.maven.LayeringByJib;

/** The way in for those who have not loaded jib. */
public final class JibProvider implements LayeringByJib {

  /** Found by its name. */
  public JibProvider() {}

  @Override
  public PackagedService layersOf(Job job) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(getClass().getClassLoader());
    try {
      return new JibLayering(job).layers();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
