import io.github.goldenmaven.scenarios.MavenRun
import io.github.goldenmaven.scenarios.OtherJdk
import io.github.goldenmaven.scenarios.PulledImage

def digest = { folder -> PulledImage.pull("oci:$folder/target/baked:17").digest() }
def here = MavenRun.in(basedir, maven, mavenArguments)
def first = digest(basedir)

// Another folder, time zone, language and umask, and a cache of its own: another machine.
def far = here.copyTo('target/somewhere else/deep [inside]')
    .environment('TZ', 'Asia/Kathmandu')
    .environment('LC_ALL', 'C')
    .environment('MAVEN_OPTS', '-Duser.language=tr -Duser.country=TR -Duser.timezone=Pacific/Chatham')
    .umask('077')
far.run('golden:bake', '-Dgolden.cache=target/cache')
assert digest(far.folder()) == first

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
