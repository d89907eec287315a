import io.github.goldenmaven.scenarios.GitHistory

def repository = base.substring(0, base.lastIndexOf('/')) + '/*'
new File(basedir, 'golden-policy.yaml').text = "official: [docker.io/library/*]\ngolden: ['$repository']\n"
new File(basedir, 'other-policy.yaml').text = "golden: [registry.company.example/golden/*]\n"
new File(basedir, 'empty-policy.yaml').text = ''
new File(basedir, 'fake/bin/mvn').setExecutable(true)
GitHistory.begin(basedir.toPath())
return true
