import io.github.goldenmaven.scenarios.GitHistory

// A repository of the service's own, with one commit whose ID and time never change.
GitHistory.begin(basedir.toPath())
return true
