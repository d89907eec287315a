package io.github.goldenmaven.jenkins.controller;

import groovy.json.JsonException;
import groovy.json.JsonOutput;
import groovy.json.JsonSlurper;
import hudson.AbortException;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** The steps that read and write JSON, YAML, properties and POMs; their values can be saved. */
final class DataSteps {

  private DataSteps() {}

  private static String text(StepCall call, Context context) throws IOException {
    String file = call.text("file", "");
    return file.isEmpty()
        ? call.text("text", "")
        : Files.readString(Workspace.resolve(context, file));
  }

  static @Nullable Object json(StepCall call, Context context) throws IOException {
    try {
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("value", new JsonSlurper().parseText(text(call, context)));
      return StepCallParser.plain(value).get("value");
    } catch (JsonException | IllegalArgumentException broken) {
      throw new AbortException("readJSON: " + broken.getMessage());
    }
  }

  /**
   * One document as its value, several as a list; text is read after a file, as the plugin does.
   */
  static @Nullable Object yaml(StepCall call, Context context) throws IOException {
    String file = call.text("file", "");
    String yaml =
        (file.isEmpty() ? "" : Files.readString(Workspace.resolve(context, file)) + "\n")
            + call.text("text", "");
    try {
      List<@Nullable Object> documents = new ArrayList<>();
      new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(yaml).forEach(documents::add);
      return documents.size() == 1 ? documents.get(0) : documents;
    } catch (YAMLException broken) {
      throw new AbortException("readYaml: " + broken.getMessage());
    }
  }

  static @Nullable Object writeJson(StepCall call, Context context) throws IOException {
    String text = JsonOutput.toJson(call.arguments().get("json"));
    if (call.flag("returnText")) {
      return text;
    }
    Path file = Workspace.resolve(context, call.text("file", ""));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return null;
  }

  static @Nullable Object touch(StepCall call, Context context) throws IOException {
    Path file = Workspace.resolve(context, call.text("file", ""));
    Files.createDirectories(file.getParent());
    if (!Files.exists(file)) {
      Files.createFile(file);
    }
    return null;
  }

  static Map<String, Object> properties(StepCall call, Context context) throws IOException {
    Map<String, Object> all = new TreeMap<>();
    if (call.arguments().get("defaults") instanceof Map<?, ?> defaults) {
      defaults.forEach((key, value) -> all.put(String.valueOf(key), value));
    }
    Properties read = new Properties();
    read.load(new StringReader(text(call, context)));
    read.stringPropertyNames().forEach(name -> all.put(name, read.getProperty(name)));
    return all;
  }

  /** The elements of a POM that are texts, its parent's and its properties as maps. */
  static Map<String, Object> pom(StepCall call, Context context) throws IOException {
    Path file = Workspace.resolve(context, call.text("file", "pom.xml"));
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Element project =
          factory
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(Files.readAllBytes(file)))
              .getDocumentElement();
      Map<String, Object> pom = texts(project);
      pom.putIfAbsent("packaging", "jar");
      for (Element part : elements(project)) {
        if (part.getTagName().equals("parent") || part.getTagName().equals("properties")) {
          pom.put(part.getTagName(), texts(part));
        }
      }
      for (String absent : List.of("groupId", "version", "name", "description", "parent")) {
        pom.putIfAbsent(absent, null);
      }
      return pom;
    } catch (SAXException | ParserConfigurationException broken) {
      throw new AbortException("readMavenPom: " + broken.getMessage());
    }
  }

  private static Map<String, Object> texts(Element parent) {
    Map<String, Object> texts = new LinkedHashMap<>();
    for (Element child : elements(parent)) {
      if (elements(child).isEmpty()) {
        texts.put(child.getTagName(), child.getTextContent().strip());
      }
    }
    return texts;
  }

  private static List<Element> elements(Element parent) {
    List<Element> elements = new ArrayList<>();
    for (Node at = parent.getFirstChild(); at != null; at = at.getNextSibling()) {
      if (at instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }

  /** What people answer to {@code input} who change nothing: each parameter's default. */
  static @Nullable Object answers(StepCall call, String submitter) {
    Map<String, @Nullable Object> answers = new LinkedHashMap<>();
    if (call.arguments().get("parameters") instanceof List<?> parameters) {
      for (Object each : parameters) {
        if (each instanceof Map<?, ?> parameter) {
          answers.put(String.valueOf(parameter.get("name")), standard(parameter));
        }
      }
    }
    String name = call.text("submitterParameter", "");
    if (!name.isEmpty()) {
      answers.put(name, submitter);
    }
    return answers.isEmpty() ? null : answers.size() == 1 ? first(answers) : answers;
  }

  private static @Nullable Object first(Map<String, @Nullable Object> answers) {
    return answers.values().iterator().next();
  }

  private static @Nullable Object standard(Map<?, ?> parameter) {
    Object given = parameter.get("defaultValue");
    Object choices = parameter.get("choices");
    return switch (String.valueOf(parameter.get("$class"))) {
      case "booleanParam" -> "true".equals(String.valueOf(given));
      case "choice" ->
          choices instanceof List<?> list
              ? list.get(0)
              : String.valueOf(choices).split("\n", -1)[0];
      default -> given == null ? "" : given;
    };
  }

  /** The other build that {@code build} started and waited for; null where it did not wait. */
  static @Nullable Map<String, Object> build(StepCall call) {
    if ("false".equals(call.text("wait", "true"))) {
      return null;
    }
    String job = call.text("job", "");
    Map<String, Object> build = new LinkedHashMap<>();
    build.put("result", "SUCCESS");
    build.put("currentResult", "SUCCESS");
    build.put("number", 1);
    build.put("displayName", "#1");
    build.put("fullProjectName", job);
    build.put("projectName", job);
    build.put("absoluteUrl", "http://jenkins.invalid/job/" + job + "/1/");
    build.put("buildVariables", new LinkedHashMap<String, Object>());
    return build;
  }
}
