import io.github.goldenmaven.scenarios.GitHistory

GitHistory.begin(basedir.toPath())
new File(basedir, 'src/main/java/com/example/loose/Loose.java') << '// not committed\n'
return true
