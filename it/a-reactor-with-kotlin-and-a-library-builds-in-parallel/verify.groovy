import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.scenarios.GitHistory
import io.github.goldenmaven.scenarios.LayerComparison
import io.github.goldenmaven.scenarios.PulledImage

def golden = PulledImage.pull("docker://$base")
['java-service': 'A golden day, Java, forms one and two.\n', 'kotlin-service': 'A golden day, Kotlin.\n'].each { name, says ->
    def ours = PulledImage.pull("docker://$images/$name:5.0")
    def jibs = PulledImage.pull("docker://$jibs/$name")
    // Of two jars of one name and size jib's image has one, twice on its class path; ours has both.
    def differences = LayerComparison.differences(golden, ours, jibs)
    assert differences.findAll { !it.contains('/app/libs/forms-5.0-') && !it.contains('jib-classpath-file') } == []
    assert ours.filesAbove(golden).keySet().contains('/app/libs/library-5.0.jar')
    if (name == 'java-service') {
        def forms = ours.filesAbove(golden).keySet().findAll { it.startsWith('/app/libs/forms-5.0-') }.sort()
        assert forms.size() == 2 && forms.collect { it.replaceFirst('-[0-9]+(-2)?[.]jar$', '') }.unique().size() == 1
        assert forms.every { jar -> differences.toString().contains(jar) == jar.endsWith('-2.jar') }
    }
    // What the reactor's parent says is its modules', as Maven inherits it; the company's is not.
    assert ours.labels().findAll { it.key.startsWith('org.opencontainers.image.') && !it.key.contains('.base.') } == [
        'org.opencontainers.image.title'      : name,
        'org.opencontainers.image.description': "The company's shop.",
        'org.opencontainers.image.version'    : '5.0',
        'org.opencontainers.image.revision'   : GitHistory.head(basedir.toPath()),
        'org.opencontainers.image.source'     : "https://git.company.example/shop/reactor/$name" as String,
        'org.opencontainers.image.created'    : '2026-11-22T23:30:00Z',
        'org.opencontainers.image.licenses'   : 'MIT',
    ]
    assert new DockerCommand(engine).run("$images/$name:5.0") == says
}
assert !new File(basedir, 'build.log').text.contains('The POM says')

def verdicts = new Properties()
new File(basedir, 'target/golden/result.properties').withInputStream { verdicts.load(it) }
assert verdicts['golden.image.1.verdict'] == 'pass'
assert verdicts['golden.image.2.verdict'] == 'pass'
return true
