import io.github.goldenmaven.scenarios.LayerComparison
import io.github.goldenmaven.scenarios.PulledImage

def golden = PulledImage.pull("docker://$base")
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

assert new File(basedir, 'target/golden/result.properties').text.contains('golden.verdict=pass')
return true
