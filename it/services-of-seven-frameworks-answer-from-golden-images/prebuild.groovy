import io.github.goldenmaven.scenarios.MavenRun

def platform = new File(basedir, 'platform')
def definition = new File(platform, 'golden.yaml')
definition.text = definition.text.replace('REGISTRY', registry).replace('IMAGES', images)
def version = (new File(checkout, 'pom.xml').text =~ '<version>(.*?)</version>')[0][1]
MavenRun.in(platform, maven, mavenArguments).run("io.github.goldenmaven:golden-maven-plugin:$version:bake" as String)
return true
