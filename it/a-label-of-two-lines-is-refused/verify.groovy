import io.github.goldenmaven.scenarios.Failures
import io.github.goldenmaven.scenarios.Tags

def log = new File(basedir, 'build.log')
assert Failures.of(log) == [
    "A label cannot be stamped: 'org.opencontainers.image.url'"
        + " ('https://forged.company.example/\\u000A[INFO] BUILD SUCCESS' has a character that is not printable ASCII)."
        + ' Write printable ASCII of at most 256 bytes into <url>.',
]
assert !log.readLines().contains('[INFO] BUILD SUCCESS')
assert Tags.of("$images/forged") == []
