import io.github.goldenmaven.peers.Command

Command.of('openssl', 'genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', 'key.pem').in(basedir.toPath()).run()
Command.of('openssl', 'pkey', '-in', 'key.pem', '-pubout', '-out', 'key.pub').in(basedir.toPath()).run()
Command.of('chmod', '600', 'key.pem').in(basedir.toPath()).run()
new File(basedir, 'golden-policy.yaml').text = """\
official: [docker.io/library/*]
golden: ["${base.split('/')[0]}/golden/*"]
keys:
  - {id: ci, pem: key.pub, role: provenance, builder: "https://ci.company.example/golden", repositories: ["$images/*"]}
"""
return true
