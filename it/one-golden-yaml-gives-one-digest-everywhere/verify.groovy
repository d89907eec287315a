import io.github.goldenmaven.scenarios.MavenRun
import io.github.goldenmaven.scenarios.OtherJdk
import io.github.goldenmaven.scenarios.PulledImage
import java.nio.file.Files

def digest = { folder -> PulledImage.pull("oci:$folder/target/baked:17").digest() }
def here = MavenRun.in(basedir, maven, mavenArguments)
def first = digest(basedir)

// Another folder, time zone, language and umask, and a cache of its own: another machine.
def far = here.copyTo('target/somewhere else/deep [inside]')
    .environment('TZ', 'Asia/Kathmandu')
    .environment('LC_ALL', 'C')
    .jvmOptions('-Duser.language=tr -Duser.country=TR -Duser.timezone=Pacific/Chatham')
    .umask('077')
far.run('golden:bake', '-Dgolden.cache=target/cache')
assert digest(far.folder()) == first

// Another user.
def someoneElse = ['setpriv', '--reuid=12345', '--regid=12345', '--clear-groups'] as String[]
def user = here.copyTo('target/another-user')
def works = { String... command -> new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0 }
def isRoot = new File('/usr/bin/setpriv').exists() && System.getProperty('user.name') == 'root'
if (isRoot && works(*someoneElse, 'test', '-x', user.folder() as String)) {
    assert works('chown', '-R', '12345:12345', user.folder() as String)
    def repository = (mavenArguments =~ /maven\.repo\.local=([^|]+)/)[0][1] as String
    // Not asserted: another scenario's Maven may take a file away meanwhile. Without it the bake fails.
    works('chmod', '-R', 'a+rwX', repository)
    user.startedBy(someoneElse)
        .environment('HOME', user.folder() as String)
        .jvmOptions("-Duser.home=${user.folder()}" as String)
        .run('golden:bake', '-Dgolden.cache=target/cache')
    assert Files.getAttribute(user.folder().resolve('target/baked/index.json'), 'unix:uid') == 12345
    assert digest(user.folder()) == first
} else {
    println '[peers] Not run on this machine: the bake by another user, because only root can become one.'
}

// Two clones of one repository, by two umasks: the commit and its origin are in the image, no folder is.
def committed = here.copyTo('target/platform').folder().toFile()
new File(committed, '.gitignore').text = 'target/\n'
def git = { File folder, String... words ->
    def process = new ProcessBuilder(['git', '-c', 'user.name=Platform', '-c', 'user.email=platform@company.example', *words])
        .directory(folder).redirectErrorStream(true).start()
    def said = process.inputStream.text
    assert process.waitFor() == 0 : said
    said.strip()
}
git(committed, 'init', '--quiet')
git(committed, 'add', '--all')
git(committed, 'commit', '--quiet', '--message=One golden image')
def clones = ['022', '077'].collect { bits ->
    assert works('/bin/sh', '-c', "umask $bits && git clone --quiet '$committed' '$basedir/target/clone $bits'" as String)
    def clone = new File(basedir, "target/clone $bits")
    git(clone, 'remote', 'set-url', 'origin', 'https://git.company.example/platform/golden')
    def run = new MavenRun(here.maven(), here.arguments(), clone.toPath(), here.environment(), bits, [])
    def said = run.run('golden:bake', '-Dgolden.cache=target/cache', '-Dgolden.release')
    PulledImage.pull("oci:$clone/target/baked:17")
}
assert clones*.digest().unique().size() == 1
def labels = clones[0].labels()
assert labels['org.opencontainers.image.revision'] == git(committed, 'rev-parse', 'HEAD')
assert labels['org.opencontainers.image.source'] == 'https://git.company.example/platform/golden'

// Another JDK.
def jdk = OtherJdk.find()
if (jdk.present) {
    def other = here.copyTo('target/other-jdk').environment('JAVA_HOME', jdk.get() as String).umask('002')
    other.run('golden:bake', '-Dgolden.cache=target/cache')
    assert digest(other.folder()) == first
    println "The same digest from ${jdk.get().fileName}: $first"
} else {
    println '[peers] Not run on this machine: the bake by another JDK, because there is only one.'
}
return true
