def command = (new File(checkout, 'README.md').getText('UTF-8') =~ /(?s)```sh\n(.*?)\n```/)[0][1]
assert command == 'mvn verify -Pquickstart'

// A copy of what git would give a newcomer, with this run's changes.
def copy = new File(basedir, 'target/checkout')
def files = ['git', '-C', checkout, 'ls-files', '-co', '--exclude-standard', '-z'].execute().text.split('\0')
files.each { name ->
    def from = new File(checkout, name)
    if (from.file) {
        def to = new File(copy, name)
        to.parentFile.mkdirs()
        to.bytes = from.bytes
    }
}

def typed = new ProcessBuilder(["$maven/bin/mvn" as String] + command.split(' ').drop(1).toList())
typed.directory(copy).redirectErrorStream(true).environment().put('MAVEN_OPTS', '-XX:+UseSerialGC -XX:TieredStopAtLevel=1') // to leave the other core to other scenarios
def newcomer = typed.start()
def said = newcomer.inputStream.getText('UTF-8')
println said
assert newcomer.waitFor() == 0
assert said.indexOf('The first run takes ') in 0..<said.indexOf('Golden Maven: plugin 0.1')
// What only contributors need would cost a newcomer a hundred megabytes and a minute or two.
['spotless', 'surefire', 'invoker', 'error_prone'].each { assert !said.contains(it) }
assert said.contains('Official image: docker.io/library/eclipse-temurin:17-jre')
assert said.contains('golden.verdict=pass')
assert said.readLines().any { it.endsWith('it/quickstart/target/golden/verify.html') }
assert said.contains('seam, proven by its layers')
assert said =~ /(?m)^  official /
assert said =~ /(?m)^  golden /
assert said =~ /(?m)^  application /
assert said =~ /io\.github\.goldenmaven\.golden\.version +1\.0\.0/
assert new File(copy, 'it/quickstart/target/bake/image.json').file
assert new File(copy, 'it/quickstart/target/golden/image/index.json').file
assert new File(copy, 'it/quickstart/target/golden/verify.html').file
return true
