import io.github.goldenmaven.scenarios.Failures
import io.github.goldenmaven.scenarios.Tags

def log = new File(basedir, 'build.log')
def asksForCredentials = { repository, actions ->
    def scopes = actions.collect { /{"Type":"repository","Class":"","Name":"$repository","Action":"$it"}/ }.join(',')
    "The registry '$guarded' asks for credentials to ${actions.contains('push') ? 'push to' : 'pull from'} '$repository', and there are none in" +
        " Maven's settings.xml, Docker's and Podman's files and their credential helpers." +
        " It says: 'UNAUTHORIZED: authentication required ([$scopes])'." +
        " Put them into a <server> with the id '$guarded' in Maven's settings.xml," +
        " or run 'docker login $guarded'."
}
// Which tags other scenarios left there nobody knows here.
assert Failures.of(log).collect { it.replaceFirst(/ Tags there are '.*/, ' Tags there are …') } == [
    "The base '$registry/official/java:17' is an ordinary image: it has no label 'io.github.goldenmaven.role'."
        + ' Name a golden image in <base> or with -Dgolden.base, or have one baked from this image with golden:bake.',
    "The base '$registry/golden/java:99' does not exist."
        + ' Name a golden image that was pushed, in <base> or with -Dgolden.base. Tags there are …',
    "The base '$registry/golden/nothing-here:1' does not exist."
        + ' Name a golden image that was pushed, in <base> or with -Dgolden.base. The repository has no tags or does not exist.',
    "'$registry/Apps/Wrong:1.0' is not an image reference: it has upper-case letters."
        + ' Registries know lower case only; with Maven, write a property of your own rather than'
        + ' ${project.artifactId} where that has upper case. It was given in <image> or -Dgolden.image.',
    "An image reference has an '@' that no 'sha256:' digest follows."
        + " Leave credentials out of references: put them into a <server> of Maven's settings.xml"
        + " with the registry's host as id. To pin, write '@sha256:' and 64 hex digits. It was given in <image> or -Dgolden.image.",
    "'$registry/apps/wrong:1.0?' is not an image reference: '1.0?' is not a tag."
        + " A tag has letters, digits, '_', '.' and '-', at most 128, and begins with a letter, a digit or '_'. It was given in <image> or -Dgolden.image.",
    "The registry '$guarded' shows a certificate of an authority that this JVM does not know: 'CN=localhost', issued by 'CN=Golden Maven test CA'."
        + " Name a PEM file with your company's authority in <caCertificates> (-Dgolden.caCertificates);"
        + ' where it is named already, have the server send the certificates between too.',
    asksForCredentials('golden/java', ['pull']),
    asksForCredentials('apps/wrong', ['pull', 'push']),
    "The base '$registry/golden/twins:17' has no platform 'linux/s390x'."
        + " It has 'linux/amd64', 'linux/arm64': name some of these in <platforms> or -Dgolden.platforms,"
        + ' or have the golden image baked for more.',
    "The base 'oci:$layout-none' does not exist."
        + ' Name a golden image that was pushed, in <base> or with -Dgolden.base.',
    "The golden image's Java is 11. The project's class 'com.example.wrong.Wrong' is for Java 17 (class file version 61)."
        + ' Compile the project for it with maven.compiler.release 11, or name a golden image of Java 17 in <base>'
        + ' or with -Dgolden.base.',
].collect { it as String }
assert !log.text.contains('hunter2')

// What was refused last is shown where the gate's report is, and read by pipelines.
def last = new Properties()
new File(basedir, 'old-java/target/golden/result.properties').withInputStream { last.load(it) }
assert last['golden.verdict'] == 'refused'
assert last['golden.problem'] ==
    "The golden image's Java is 11. The project's class 'com.example.wrong.Wrong' is for Java 17 (class file version 61)."
assert last['golden.remedy'] == 'Compile the project for it with maven.compiler.release 11, or name a golden image of Java 17 in <base>' +
    ' or with -Dgolden.base.'
def junit = new groovy.xml.XmlSlurper().parse(new File(basedir, 'old-java/target/golden/verify.xml'))
assert junit.testsuite.testcase.@name == 'golden:build'
assert junit.testsuite.testcase.failure.@message == last['golden.problem']
assert new File(basedir, 'old-java/target/golden/verify.html').text.contains('<dt>Remedy</dt>')
assert new File(basedir, 'old-java/target/golden/verify.css').length() > 500
assert !new File(basedir, 'old-java/target/golden/image.json').exists()
assert Tags.of("$registry/apps/wrong") == []
basedir.eachDir { assert Tags.of("$images/$it.name") == [] }
