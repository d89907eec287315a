import io.github.goldenmaven.peers.TestCertificates

def definition = new File(basedir, 'golden.yaml')
definition.text = definition.text.replace('REGISTRY', registry)
['one', 'other'].each { name ->
    def made = TestCertificates.in(new File(basedir, "target/$name").toPath())
    new File(basedir, "certs/$name").mkdirs()
    new File(basedir, "certs/$name/ca.pem").text = made.ca().toFile().text
}
return true
