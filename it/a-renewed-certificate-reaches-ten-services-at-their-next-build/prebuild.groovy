import groovy.io.FileType
import io.github.goldenmaven.peers.TestCertificates
import io.github.goldenmaven.scenarios.MavenRun

(1..10).each { number ->
    def module = new File(basedir, "service-$number")
    new File(basedir, 'service').eachFileRecurse(FileType.FILES) { file ->
        def copy = new File(module, new File(basedir, 'service').toPath().relativize(file.toPath()) as String)
        copy.parentFile.mkdirs()
        copy.text = file.text.replace('SERVICE', "service-$number")
    }
}

def services = new File(basedir, 'pom.xml')
services.text = services.text.replace('IMAGES', images)
def platform = new File(basedir, 'platform')
def definition = new File(platform, 'golden.yaml')
definition.text = definition.text.replace('REGISTRY', registry).replace('IMAGES', images)
def first = TestCertificates.in(new File(platform, 'first').toPath())
TestCertificates.in(new File(platform, 'second').toPath())
new File(platform, 'certs').mkdirs()
new File(platform, 'certs/company.pem').text = first.ca().toFile().text
new File(basedir, 'first-bake.log').text = MavenRun.in(platform, maven, mavenArguments).run('golden:bake')
return true
