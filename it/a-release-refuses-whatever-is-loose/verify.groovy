import io.github.goldenmaven.scenarios.Failures

assert Failures.of(new File(basedir, 'build.log')) == ['']
