import com.sun.net.httpserver.HttpServer
import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.peers.TestCertificates
import io.github.goldenmaven.scenarios.CompanyServer
import io.github.goldenmaven.scenarios.PulledImage
import io.github.goldenmaven.scenarios.Tags

def docker = new DockerCommand(engine)
def golden = "$images/whole/golden:17" as String
def service = "$images/probe:1.0" as String
def official = "$registry/official/java:17" as String
[golden, service, official].each { docker.docker('pull', '--quiet', it) }
def container = docker.docker('run', '--detach', '--rm', '--network', 'host', golden, 'sleep', '600').strip()
def inGolden = { String command -> docker.docker('exec', container, 'sh', '-c', command).strip() }

def company = new File(basedir, 'platform/company').toPath()
def server = CompanyServer.start(
    new TestCertificates(company.resolve('ca.pem'), company.resolve('server.pem'), company.resolve('server.key')))
// A proxy that answers itself, and says what it was asked for.
def asked = Collections.synchronizedList([])
def proxy = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, new File(basedir, 'proxy.port').text as int), 0)
proxy.createContext('/') { exchange ->
    asked << exchange.requestURI.toString()
    exchange.sendResponseHeaders(200, 0)
    exchange.responseBody << 'from the proxy'
    exchange.close()
}
proxy.start()
def direct = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
direct.createContext('/') { exchange ->
    exchange.sendResponseHeaders(200, 0)
    exchange.responseBody << 'directly'
    exchange.close()
}
direct.start()
try {
    // The service: certificate, proxy, time zone, policy, agent, user, on a read-only file system.
    def local = "http://localhost:${direct.address.port}/" as String
    def says = docker.docker('run', '--rm', '--network', 'host', '--read-only', '--tmpfs', '/tmp', service,
        server.url(), 'http://outside.example/', local, 'time zone', '/etc/security/security-policy.json')
    assert says.contains("${server.url()}: hello\n")
    assert says.contains('http://outside.example/: from the proxy\n')
    assert says.contains("$local: directly\n")
    assert says.contains('time zone: Asia/Seoul\n')
    assert says.contains('/etc/security/security-policy.json: {"scanner": "required"}\n')
    assert asked == ['http://outside.example/']
    def log = docker.docker('run', '--rm', '--entrypoint', 'sh', service, '-c', 'java -version 2>&1; id -u')
    assert log.contains('opentelemetry-javaagent - version: 2.22.0')
    assert log.readLines().last() == '10001'

    // The same classes on the official image do not trust that server.
    def classes = new File(basedir, 'target/classes')
    assert docker.docker('run', '--rm', '--network', 'host', '--volume', "$classes:/app:ro", official,
        'java', '-cp', '/app', 'com.example.probe.Probe', server.url()).strip() == "${server.url()}: not trusted"

    // Other programs of the image.
    assert inGolden("curl --silent --noproxy '*' ${server.url()}") == 'hello'
    assert inGolden("openssl s_client -connect localhost:${URI.create(server.url()).port} -verify_return_error </dev/null 2>&1 | grep 'Verify return code'")
        .contains('Verify return code: 0 (ok)')
    assert inGolden("openssl s_client -no-CAfile -CApath /etc/ssl/certs -connect localhost:${URI.create(server.url()).port} </dev/null 2>&1 | grep 'Verify return code'")
        .contains('Verify return code: 0 (ok)')
    assert inGolden('stat -c "%a %u:%g" /etc/security/security-policy.json') == '640 0:10001'
    assert inGolden('echo $http_proxy $NO_PROXY').startsWith('http://localhost:')
    assert inGolden('/opt/tools/apache-maven-3.9.16/bin/mvn --version 2>/dev/null').contains('Apache Maven 3.9.16')
} finally {
    docker.docker('kill', container)
    server.close()
    proxy.stop(0)
    direct.stop(0)
}

def image = PulledImage.pull("docker://$golden")
assert image.labels().subMap(['io.github.goldenmaven.role', 'io.github.goldenmaven.golden.name',
        'io.github.goldenmaven.golden.version', 'io.github.goldenmaven.golden.line',
        'io.github.goldenmaven.official.name', 'org.opencontainers.image.version']) == [
    'io.github.goldenmaven.role': 'golden',
    'io.github.goldenmaven.golden.name': 'java',
    'io.github.goldenmaven.golden.version': '17.0.1',
    'io.github.goldenmaven.golden.line': '17',
    'io.github.goldenmaven.official.name': "$registry/official/java:17" as String,
    'org.opencontainers.image.version': '17.0.1',
]
assert PulledImage.pull("docker://$images/whole/golden:17.0.1").digest() == image.digest()
assert Tags.of("$images/whole/golden").sort() == ['17', '17.0.1']

// The dry run pushed nothing and drew what would be added; the second bake sent nothing.
def plan = new File(basedir, 'dry-run.log').text
assert plan.contains('security-policy.json  added, 24 B (files[0])')
assert plan.contains('Dry run: would push')
assert new File(basedir, 'second-bake.log').text.contains("Nothing changed: $images/whole/golden:17 is ")
return true
