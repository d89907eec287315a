package io.github.goldenmaven.jenkins;

import java.util.List;
import java.util.Map;

/** A project whose {@code goldenPipeline()} runs in the sandbox, with two accounts in Jenkins. */
abstract class GoldenPipelineFixture {

  static final String IMAGE = "image: 'registry.example/apps/orders:1'";
  static final String POLICY = "policy: 'golden-policy.yaml'";
  static final String TO = "to: 'registry.example/release/orders:1'";
  static final Map<String, String> BRANCH = Map.of("BRANCH_NAME", "main");
  static final Map<String, String> TAG = Map.of("TAG_NAME", "v1");
  static final Map<String, String> REQUEST = Map.of("CHANGE_ID", "7");

  final FakeMaven maven = new FakeMaven("pass");

  static Controller controller(FakeMaven maven, Map<String, String> job) {
    return Controller.create()
        .with(PipelineScenario.UNTRUSTED)
        .sandboxed()
        .withShell(maven)
        .withEnvironment(job)
        .withCredentials("push", Credentials.usernamePassword("ci", "s3cret-push"))
        .withCredentials("pull", Credentials.usernamePassword("reader", "s3cret-pull"));
  }

  static Build pipeline(FakeMaven maven, Map<String, String> job, String... keys) {
    return controller(maven, job)
        .build(Jenkinsfile.of("goldenPipeline(" + String.join(", ", keys) + ")"));
  }

  Build pipeline(Map<String, String> job, String... keys) {
    return pipeline(maven, job, keys);
  }

  static List<String> shown(Build build, String step) {
    return build.transcript().stream()
        .map(String::strip)
        .filter(line -> line.startsWith(step + "("))
        .toList();
  }
}
