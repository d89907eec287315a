import io.github.goldenmaven.scenarios.Failures
import io.github.goldenmaven.scenarios.Tags

def log = new File(basedir, 'build.log')
def lines = { told -> told.readLines().collect { it.replaceFirst(/^\[ERROR\] ?/, '').trim() }.findAll { it }.join(' ') }
def help = ' All parameters: mvn io.github.goldenmaven:golden-maven-plugin:help -Ddetail -Dgoal='
// Which tags other scenarios left there nobody knows here.
assert Failures.of(log).collect(lines).collect { it.replaceFirst(/ Tags there are '.*/, ' Tags there are …') } == [
    "'yes' in <dryRun> is neither true nor false. Write 'true' or 'false' in <dryRun> or with -Dgolden.dryRun, in small letters and without blanks.",
    "2 things are wrong: No goal has a property 'golden.polcy'. Did you mean 'golden.policy'?"
        + " '<usr>' in the POM's <container> of golden-maven-plugin is no parameter of any goal. Did you mean '<user>'?"
        + ' Correct them all, and run it again.' + help + 'build',
    "The base '$registry/golden/java:99' does not exist."
        + ' Name a golden image that was pushed, in <base> or with -Dgolden.base. Tags there are …',
    "2 things are wrong: 'TRUE' in <dryRun> is neither true nor false."
        + " Write 'true' or 'false' in <dryRun> or with -Dgolden.dryRun, in small letters and without blanks."
        + " 'no' in <push> is neither true nor false."
        + " Write 'true' or 'false' in <push> or with -Dgolden.push, in small letters and without blanks."
        + ' Correct them all, and run it again.' + help + 'promote',
    "The registry '$guarded' asks for credentials to push to 'apps/mistyped', and there are none in Maven's settings.xml,"
        + " Docker's and Podman's files and their credential helpers."
        + " It says: 'UNAUTHORIZED: authentication required'. Put them into a <server> with the id '$guarded' in Maven's settings.xml, or run 'docker login $guarded'.",
].collect { it as String }

def runs = log.text.split('Scanning for projects', -1)
assert runs.size() == 7
assert runs[1..5].every { !it.contains(':compile ') && it.contains('BUILD FAILURE') }
assert runs[6].contains('BUILD SUCCESS')
assert runs[6].count("No goal has a property 'golden.dryrun'. Did you mean 'golden.dryRun'?") == 1
assert runs[6].count("'<usr>' in the POM's <container> of golden-maven-plugin is no parameter of any goal. Did you mean '<user>'?") == 1
assert runs[6].count("The project is compiled, tested and packaged twice: by 'package', and by golden:build,"
    + " which runs the lifecycle to 'package' itself. Leave 'package' out, or type golden:build-no-fork after it.") == 1
assert Tags.of("$images/mistyped") == ['1.0']
