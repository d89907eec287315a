package io.github.goldenmaven.jenkins.controller;

import groovy.lang.GroovyObjectSupport;
import groovy.lang.MissingPropertyException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The global variables {@code env} and {@code currentBuild}. */
final class BuildGlobals {

  private BuildGlobals() {}

  /** {@code env}: the variables of the blocks, of the build and of the job. */
  public static final class Environment extends GroovyObjectSupport implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Object getProperty(String name) {
      return name.equals("environment")
          ? new LinkedHashMap<>(BuildBindings.run().variables())
          : BuildBindings.run().variables().get(name);
    }

    @Override
    public void setProperty(String name, @Nullable Object value) {
      BuildBindings.run().program().environment.put(name, String.valueOf(value));
    }

    public @Nullable Object getAt(String name) {
      return getProperty(name);
    }

    public void putAt(String name, @Nullable Object value) {
      setProperty(name, value);
    }

    public Map<String, String> getEnvironment() {
      return new LinkedHashMap<>(BuildBindings.run().variables());
    }
  }

  /** {@code currentBuild}. */
  public static final class CurrentBuild extends GroovyObjectSupport implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Object getProperty(String name) {
      Program program = BuildBindings.run().program();
      return switch (name) {
        case "result" -> program.result.equals("SUCCESS") ? null : program.result;
        case "currentResult" -> program.result;
        case "description" -> program.description.isEmpty() ? null : program.description;
        case "displayName" -> program.displayName;
        case "fullDisplayName" -> "job " + program.displayName;
        case "projectName", "fullProjectName" -> "job";
        case "number" -> 1;
        case "id" -> "1";
        case "previousBuild", "nextBuild", "upstreamBuilds" -> null;
        case "absoluteUrl" -> "http://jenkins.invalid/job/job/1/";
        case "duration", "startTimeInMillis", "timeInMillis" -> 0L;
        case "durationString" -> "0 ms";
        case "changeSets", "buildCauses" -> new ArrayList<>();
        default -> throw new MissingPropertyException(name, CurrentBuild.class);
      };
    }

    @Override
    public void setProperty(String name, @Nullable Object value) {
      Program program = BuildBindings.run().program();
      String text = value == null ? "" : value.toString();
      switch (name) {
        case "result" -> {
          if (!Program.isResult(text)) {
            throw new IllegalArgumentException("'" + text + "' is no result of a build");
          }
          program.worsen(text);
        }
        case "description" -> {
          BuildBindings.run().noteShown(name, text);
          program.description = text;
        }
        case "displayName" -> {
          BuildBindings.run().noteShown(name, text);
          program.displayName = text;
        }
        default -> throw new MissingPropertyException(name, CurrentBuild.class);
      }
    }

    public boolean resultIsBetterOrEqualTo(String other) {
      return Program.rank(BuildBindings.run().program().result) <= Program.rank(other);
    }

    public boolean resultIsWorseOrEqualTo(String other) {
      return Program.rank(BuildBindings.run().program().result) >= Program.rank(other);
    }

    public List<Object> getBuildCauses() {
      return new ArrayList<>();
    }
  }
}
