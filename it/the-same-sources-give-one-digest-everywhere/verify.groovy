import io.github.goldenmaven.scenarios.MavenRun
import io.github.goldenmaven.scenarios.OtherJdk
import io.github.goldenmaven.scenarios.PulledImage

def image = { folder -> PulledImage.pull("oci:$folder/target/golden/same:1.0").digest() }
def build = ['golden:build', '-Dgolden.image=oci:target/golden/same:1.0'] as String[]
def here = MavenRun.in(basedir, maven, mavenArguments)
def digest = image(basedir)

// Another folder, time zone, language and umask.
def far = here.copyTo('target/somewhere else/deep [inside]')
    .environment('TZ', 'Asia/Kathmandu')
    .environment('LC_ALL', 'C')
    .jvmOptions('-Duser.language=tr -Duser.country=TR -Duser.timezone=Pacific/Chatham')
    .umask('077')
far.run(build)
assert image(far.folder()) == digest

// Another JDK compiles and packages.
def jdk = OtherJdk.find()
if (jdk.present) {
    def other = here.copyTo('target/other-jdk').environment('JAVA_HOME', jdk.get() as String).umask('002')
    other.run(build)
    assert image(other.folder()) == digest
    println "The same digest from ${jdk.get().fileName}: $digest"
} else {
    println '[peers] Not run on this machine: the build by another JDK, because there is only one.'
}
return true
