import io.github.goldenmaven.scenarios.Failures
import io.github.goldenmaven.scenarios.Tags

def log = new File(basedir, 'build.log')
assert Failures.of(log) == [
    "This cannot be released: the version '1.0-SNAPSHOT' is a SNAPSHOT; the work tree differs from the commit:"
        + " 'src/main/java/com/example/loose/Loose.java'."
        + " Give <version> a release's number. Commit or remove what 'git status' lists."
        + " Or build without -Dgolden.release.",
]
assert log.text.contains('[WARNING] golden.skip is ignored: this is a release (golden.release).')
assert Tags.of("$images/loose") == []
