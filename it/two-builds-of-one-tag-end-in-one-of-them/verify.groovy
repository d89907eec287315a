import io.github.goldenmaven.scenarios.Failures
import io.github.goldenmaven.scenarios.MavenRun
import io.github.goldenmaven.scenarios.PulledImage

def here = MavenRun.in(basedir, maven, mavenArguments)
def runs = ['one', 'other'].collect { name ->
    def copy = here.copyTo("target/$name")
    def resources = copy.folder().resolve('src/main/resources').toFile()
    resources.mkdirs()
    new File(resources, 'who.txt').text = name
    def log = copy.folder().resolve('concurrent.log')
    [copy: copy, log: log, process: copy.start(log, 'golden:build')]
}
runs.each { it.process.waitFor() }

def image = PulledImage.pull("docker://$images/both:1.0")
def files = image.filesAbove(PulledImage.pull("docker://$base"))
assert files.keySet().containsAll(['/app/resources/who.txt', '/app/classes/com/example/both/Both.class'])

// Each of them either won, or says that the other came after it: nobody is told a lie.
def won = runs.findAll { it.process.exitValue() == 0 }
assert won.size() >= 1
(runs - won).each {
    def told = Failures.of(it.log.toFile())
    assert told.size() == 1
    assert told[0].replaceAll(/right after 'sha256:[0-9a-f]{64}'/, "right after 'DIGEST'") ==
        "'$images/both:1.0' points to '${image.digest()}' right after 'DIGEST' was pushed to it:" +
        ' another build pushes to the same tag. Give each build a tag of its own in <image> (-Dgolden.image),' +
        " or in 'version' and 'line' of golden.yaml," +
        ' or run them one after the other. The image itself is in the registry, by its digest.'
}
return true
