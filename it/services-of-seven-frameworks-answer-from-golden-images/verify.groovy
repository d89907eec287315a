import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.scenarios.PulledImage
import io.github.goldenmaven.scenarios.Tags

def docker = new DockerCommand(engine)
def golden = PulledImage.pull("docker://$base")
def image = { String name -> PulledImage.pull("docker://$images/seven/$name:1.0") }
def answer = { String name, String path ->
    docker.serve("$images/seven/$name:1.0", 8080, path).withCloseable { it.get() }
}

// Each answers over HTTP from its golden image.
assert answer('on-quarkus', '/greeting') == 'Quarkus on golden'
assert answer('on-micronaut', '/greeting') == 'Micronaut on golden'
assert answer('on-javalin', '/greeting') == 'Javalin on golden'
assert answer('on-helidon', '/greeting') == 'Helidon on golden'
assert answer('on-dropwizard', '/greeting') == 'Dropwizard on golden'
assert answer('on-tomcat', '/shop/greeting') == 'A servlet on golden'

// Quarkus: the layout of its fast-jar under one root, dependencies lowest.
def quarkus = image('on-quarkus')
def layers = quarkus.layers().drop(golden.layers().size()).collect { quarkus.files(it).keySet() }
assert layers.size() == 3
assert layers[0].any { it.startsWith('/app/lib/boot/io.quarkus.quarkus-bootstrap-runner-') }
assert layers[0].any { it.startsWith('/app/lib/main/io.quarkus.quarkus-rest-') }
assert layers[1].findAll { it.endsWith('.jar') } == ['/app/app/on-quarkus-1.0.jar'] as Set
assert layers[2].containsAll(['/app/quarkus-run.jar', '/app/quarkus/generated-bytecode.jar', '/app/quarkus/quarkus-application.dat'])
assert quarkus.list('Entrypoint') ==
    ['java', '-Djava.util.logging.manager=org.jboss.logmanager.LogManager', '-jar', '/app/quarkus-run.jar']

// The others: the class that their POM names starts, though a tool beside it has a main method too.
def starts = { String name -> image(name).list('Entrypoint').last() }
assert starts('on-micronaut') == 'com.example.frameworks.Application'
assert starts('on-javalin') == 'com.example.frameworks.Server'
assert starts('on-helidon') == 'com.example.frameworks.GreetingServer'
assert starts('on-camel') == 'com.example.frameworks.Routes'
assert starts('on-dropwizard') == 'com.example.frameworks.ShopApplication'
// Its dependencies are jars of their own, not the classes of one large jar.
assert image('on-javalin').filesAbove(golden).keySet().any { it.startsWith('/app/libs/javalin-') }

// The WAR stands on the golden image that has the servlet engine.
def war = image('on-tomcat')
assert war.labels()['org.opencontainers.image.base.name'] == "$images/seven/golden:11" as String
assert war.labels()['io.github.goldenmaven.golden.name'] == 'tomcat'
assert war.filesAbove(PulledImage.pull("docker://$images/seven/golden:11")).keySet()
    .contains('/opt/apache-tomcat-11.0.24/webapps/shop/WEB-INF/classes/com/example/frameworks/Greeting.class')

// Every image has its second tag, of the same bytes.
['camel', 'dropwizard', 'helidon', 'javalin', 'micronaut', 'quarkus', 'tomcat'].each { name ->
    assert Tags.of("$images/seven/on-$name").sort() == ['1', '1.0']
    assert PulledImage.pull("docker://$images/seven/on-$name:1").digest() == image("on-$name" as String).digest()
    def result = new File(basedir, "on-$name/target/golden/result.properties").text
    assert result.contains('golden.image.1.references=')
}
return true
