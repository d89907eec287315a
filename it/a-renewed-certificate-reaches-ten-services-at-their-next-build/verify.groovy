import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.peers.TestCertificates
import io.github.goldenmaven.scenarios.CompanyServer
import io.github.goldenmaven.scenarios.MavenRun
import io.github.goldenmaven.scenarios.PulledImage

def platform = new File(basedir, 'platform')
def services = (1..10).collect { "$images/service-$it:1.0" as String }
def docker = new DockerCommand(engine)
// What each service, pulled afresh, says of the first server and of the second.
def answers = { String... urls ->
    services.parallelStream().map {
        docker.docker('run', '--rm', '--pull', 'always', '--network', 'host', it, *urls).readLines()
    }.toList()
}
def labels = { services.parallelStream().map { PulledImage.pull("docker://$it").labels() }.toList() }
def certificates = { name ->
    def folder = new File(platform, name).toPath()
    new TestCertificates(folder.resolve('ca.pem'), folder.resolve('server.pem'), folder.resolve('server.key'))
}
def first = CompanyServer.start(certificates('first'))
def second = CompanyServer.start(certificates('second'))
try {
    assert answers(first.url(), second.url()) == [['hello', 'not trusted']] * 10
    def before = labels()

    // The renewal: another certificate, a new version, one bake.
    new File(platform, 'certs/company.pem').text = new File(platform, 'second/ca.pem').text
    def definition = new File(platform, 'golden.yaml')
    definition.text = definition.text.replace('17.0.1', '17.0.2')
    def bake = MavenRun.in(platform, maven, mavenArguments).run('golden:bake')
    new File(basedir, 'second-bake.log').text = bake

    // The services change nothing: mvn golden:build, as at every build of theirs.
    def build = MavenRun.in(basedir, maven, mavenArguments).run('golden:build')
    new File(basedir, 'second-build.log').text = build

    // The old certificate is gone.
    assert answers(first.url(), second.url()) == [['not trusted', 'hello']] * 10
    def after = labels()
    assert before*.get('io.github.goldenmaven.golden.version').unique() == ['17.0.1']
    assert after*.get('io.github.goldenmaven.golden.version').unique() == ['17.0.2']
    assert after*.get('io.github.goldenmaven.golden.certificates').unique().size() == 1
    assert before[0]['io.github.goldenmaven.golden.certificates'] != after[0]['io.github.goldenmaven.golden.certificates']

    // docs/renewal.md is what was said here, but for what differs from run to run.
    def masked = { String text ->
        text.replace("$images/renewal/golden", 'registry.company.example/golden/java')
            .replace("$images/", 'registry.company.example/apps/')
            .replace("$registry/", 'registry.company.example/')
            .replaceAll(/sha256:[0-9a-f]{64}/, 'sha256:DIGEST')
            .replaceAll(/SHA-256 [0-9a-f]{64}/, 'SHA-256 FINGERPRINT')
            .replaceAll(/expires [0-9-]{10}/, 'expires DAY')
            .replaceAll(/golden:[^:]+:(bake|build)/, 'golden:VERSION:$1')
            .replaceAll(/[0-9.]+ [KM]?B\b/, 'SIZE')
            .replaceAll(/\[ *[0-9.:]+ (s|min)]/, '[TIME]')
            .readLines()*.stripTrailing()
    }
    def shown = (new File(checkout, 'docs/renewal.md').getText('UTF-8') =~ /(?s)```text\n(.*?)```/).collect { it[1] }
    def logs = [new File(basedir, 'first-bake.log').text, bake, build]
    assert shown*.readLines()*.first() == ['$ mvn golden:bake', '$ mvn golden:bake', '$ mvn golden:build']
    [shown, logs].transpose().each { page, log ->
        def told = masked(log).iterator()
        masked(page).tail().each { line ->
            assert told.any { it == line } : "docs/renewal.md shows a line that was not said, or not there: $line"
        }
    }
} finally {
    first.close()
    second.close()
}
return true
