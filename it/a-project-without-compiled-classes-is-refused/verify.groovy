import io.github.goldenmaven.scenarios.Failures
import io.github.goldenmaven.scenarios.Tags

String classes = new File(basedir, 'target/classes')
String message = "'com.example.company:uncompiled:1.0' is not compiled: there is no folder '$classes'." +
    " Run 'mvn package' before golden:build-no-fork, or 'mvn golden:build', which does it itself."
assert Failures.of(new File(basedir, 'build.log')) == [message]
assert Tags.of("$images/uncompiled") == []
