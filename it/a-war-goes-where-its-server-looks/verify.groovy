import io.github.goldenmaven.scenarios.Failures
import io.github.goldenmaven.scenarios.LayerComparison
import io.github.goldenmaven.scenarios.PulledImage

assert Failures.of(new File(basedir, 'build.log')) == [
    "Nothing would start the service: it has no entrypoint of its own, as a WAR has none, and the golden image '$base'" +
        " runs 'java -version'. Name a golden image with a server in it, like Jetty or Tomcat, in <base> or with" +
        ' -Dgolden.base, or write what starts the service into <container><entrypoint>.' as String,
]

def golden = PulledImage.pull("docker://$registry/golden/server:17")
def ours = PulledImage.pull("docker://$images/shop:3.1")
def jibs = PulledImage.pull("docker://$jibs/shop")

assert LayerComparison.differences(golden, ours, jibs) == []

def root = '/var/lib/jetty/webapps/ROOT/'
def files = ours.filesAbove(golden)
assert files.keySet().containsAll([
    root + 'WEB-INF/classes/com/example/shop/ShopServlet.class',
    root + 'WEB-INF/lib/commons-lang3-3.20.0.jar',
    root + 'WEB-INF/web.xml',
    root + 'index.html',
])
// A WAR brings no main class: the base's own server is started.
assert ours.list('Entrypoint') == golden.list('Entrypoint')
assert ours.list('Cmd') == golden.list('Cmd')
assert ours.labels()['io.github.goldenmaven.golden.java'] == '17'

assert new File(basedir, 'target/golden/result.properties').text.contains('golden.verdict=pass')
return true
