import io.github.goldenmaven.scenarios.Failures
import io.github.goldenmaven.scenarios.Tags

assert Failures.of(new File(basedir, 'build.log')) == [
    "'com.example.company:only-a-pom:1.0' has packaging 'pom': there is nothing in it to put into an image."
        + ' Run golden:build in the module that is the service, or set golden.skip to true in this POM\'s'
        + " properties and to false in the modules'.",
]
assert Tags.of("$images/only-a-pom") == []
