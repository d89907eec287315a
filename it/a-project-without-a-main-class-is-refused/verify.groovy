import io.github.goldenmaven.scenarios.Failures
import io.github.goldenmaven.scenarios.Tags

assert Failures.of(new File(basedir, 'build.log')) == [
    "No class of 'com.example.company:no-main:1.0' has a main method."
        + ' Name it in <container><mainClass> or with -Dgolden.container.mainClass=….',
]
assert Tags.of("$images/no-main") == []
