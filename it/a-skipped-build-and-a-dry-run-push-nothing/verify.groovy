import io.github.goldenmaven.scenarios.Tags

assert Tags.of("$images/shy") == []
def log = new File(basedir, 'build.log').text
assert log.count('BUILD SUCCESS') == 2
