import io.github.goldenmaven.scenarios.GitHistory

def repository = base.substring(0, base.lastIndexOf('/')) + '/*'
new File(basedir, 'golden-policy.yaml').text = "official: [docker.io/library/*]\ngolden: ['$repository']\n"
// The invoker takes a comma for the end of a goal.
new File(basedir, 'fleet.txt').text = "$images/kotlin-service:5.0\n"
GitHistory.begin(basedir.toPath(), 'git@git.company.example:shop/reactor.git')
return true
