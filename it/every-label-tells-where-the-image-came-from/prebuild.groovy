import io.github.goldenmaven.scenarios.GitHistory

// A repository of each service's own, with one commit whose time never changes.
['told', 'on-spring-boots-parent', 'on-the-companys-parent'].each {
    GitHistory.begin(new File(basedir, it).toPath(), "git@git.company.example:shop/${it}.git")
}
return true
