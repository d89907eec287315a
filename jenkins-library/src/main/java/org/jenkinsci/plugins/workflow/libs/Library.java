package org.jenkinsci.plugins.workflow.libs;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Names the libraries that a Jenkinsfile loads; takes the place of Jenkins' annotation of this
 * name.
 */
@Retention(RetentionPolicy.SOURCE)
public @interface Library {

  /** The libraries' names, each with its version behind {@code @} where one is wanted. */
  String[] value();

  /** Whether its changes are listed in the build's. */
  boolean changelog() default true;
}
