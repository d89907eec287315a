import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.peers.TestCertificates
import io.github.goldenmaven.scenarios.CompanyServer
import io.github.goldenmaven.scenarios.MavenRun
import io.github.goldenmaven.scenarios.PulledImage

def platform = new File(basedir, 'platform')
def services = (1..10).collect { "$images/service-$it:1.0" as String }
def docker = new DockerCommand(engine)
def answers = { url ->
    services.collect {
        docker.docker('pull', '--quiet', it)
        docker.docker('run', '--rm', '--network', 'host', it, url).strip()
    }.unique()
}
def certificates = { name ->
    def folder = new File(platform, name).toPath()
    new TestCertificates(folder.resolve('ca.pem'), folder.resolve('server.pem'), folder.resolve('server.key'))
}
def first = CompanyServer.start(certificates('first'))
def second = CompanyServer.start(certificates('second'))
try {
    assert answers(first.url()) == ['hello']
    assert answers(second.url()) == ['not trusted']
    def before = services.collect { PulledImage.pull("docker://$it").labels() }

    // The renewal: another certificate, a new version, one bake.
    new File(platform, 'certs/company.pem').text = new File(platform, 'second/ca.pem').text
    def definition = new File(platform, 'golden.yaml')
    definition.text = definition.text.replace('17.0.1', '17.0.2')
    def bake = MavenRun.in(platform, maven, mavenArguments).run('golden:bake')
    new File(basedir, 'second-bake.log').text = bake

    // The services change nothing: mvn golden:build, as at every build of theirs.
    def build = MavenRun.in(basedir, maven, mavenArguments)
        .run('golden:build', '-T', '2', "-Dgolden.base=$images/renewal/golden:17")
    new File(basedir, 'second-build.log').text = build

    assert answers(second.url()) == ['hello']
    assert answers(first.url()) == ['not trusted'] // the old certificate is gone
    def after = services.collect { PulledImage.pull("docker://$it").labels() }
    assert before*.get('io.github.goldenmaven.golden.version').unique() == ['17.0.1']
    assert after*.get('io.github.goldenmaven.golden.version').unique() == ['17.0.2']
    assert after*.get('io.github.goldenmaven.golden.certificates').unique().size() == 1
    assert before[0]['io.github.goldenmaven.golden.certificates'] != after[0]['io.github.goldenmaven.golden.certificates']
} finally {
    first.close()
    second.close()
}
return true
