// No POM here: a platform team's folder need not be a Maven project.
import io.github.goldenmaven.peers.TestCertificates
import io.github.goldenmaven.scenarios.MavenRun

// The port is part of the image, so it is chosen before the bake.
def proxy = new ServerSocket(0).withCloseable { it.localPort }
new File(basedir, 'proxy.port').text = proxy
def platform = new File(basedir, 'platform')
def definition = new File(platform, 'golden.yaml')
definition.text = definition.text.replace('REGISTRY', registry).replace('IMAGES', images).replace('PROXY', "$proxy")
new File(platform, 'ca.pem').text = TestCertificates.in(new File(platform, 'company').toPath()).ca().toFile().text
def bake = MavenRun.in(platform, maven, mavenArguments)
def version = (new File(checkout, 'pom.xml').text =~ '<version>(.*?)</version>')[0][1]
def goal = "io.github.goldenmaven:golden-maven-plugin:$version:bake" as String
new File(basedir, 'dry-run.log').text = bake.run(goal, '-Dgolden.dryRun')
new File(basedir, 'bake.log').text = bake.run(goal)
new File(basedir, 'second-bake.log').text = bake.run(goal)
return true
