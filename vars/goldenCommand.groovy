/**
 * One run of Maven: a map becomes one command line for sh or bat.
 *
 * A value never becomes part of the command's text: the text names variables, withEnv sets them.
 */

/** Runs the goals with the properties; Maven's exit code. */
int mvn(Map config, List goals, Map properties) {
    boolean unix = isUnix()
    List environment = []
    String command = maven(config, unix) + ' -B -ntp -Dstyle.color=never'
    List values = []
    values.addAll(config.arguments ?: [])
    for (key in properties.keySet()) {
        values << '-Dgolden.' + key + '=' + properties[key]
    }
    for (goal in goals) {
        values << goal
    }
    for (int i = 0; i < values.size(); i++) {
        environment << 'GOLDEN_ARGUMENT_' + i + '=' + shellSafe(unix, values[i].toString())
        command += unix ? ' "$GOLDEN_ARGUMENT_' + i + '"' : ' "%GOLDEN_ARGUMENT_' + i + '%"'
    }
    environment << 'GOLDEN_FOLDER=' + (unix ? goldenMaven.folder(config) : goldenMaven.folder(config).replace('/', '\\'))
    int status = 0
    withTools(config) {
        goldenSettings.withSettings(config, unix) { options ->
            withEnv(environment) {
                limited(config) {
                    goldenResult.deleteEarlier(unix)
                    status = unix ? sh(label: label(goals), script: command + options, returnStatus: true)
                                  : bat(label: label(goals), script: '@' + command + options, returnStatus: true)
                }
            }
        }
    }
    return status
}

/** The name of the run in the log and in the pipeline view. */
private String label(List goals) {
    return 'mvn ' + goals.collect { goal -> goal.toString().replace('io.github.goldenmaven:golden-maven-plugin:', 'golden:') }.join(' ')
}

/** The Maven that the key names, else the project's wrapper, else the agent's. */
private String maven(Map config, boolean unix) {
    if (config.maven) {
        return unix ? 'mvn' : 'call mvn'
    }
    if (unix) {
        return fileExists('mvnw') ? 'sh ./mvnw' : 'mvn'
    }
    return 'call ' + (fileExists('mvnw.cmd') ? 'mvnw.cmd' : 'mvn')
}

private def limited(Map config, Closure body) {
    timeout(time: (config.timeout ?: 60).toString().toInteger(), unit: 'MINUTES') {
        body()
    }
}

/** A JDK and a Maven by the names that they have in Jenkins' tools. */
private def withTools(Map config, Closure body) {
    List environment = []
    if (config.jdk) {
        String home = tool(name: config.jdk.toString(), type: 'jdk')
        environment << 'JAVA_HOME=' + home
        environment << 'PATH+GOLDEN_JDK=' + home + '/bin'
    }
    if (config.maven) {
        String home = tool(name: config.maven.toString(), type: 'maven')
        environment << 'PATH+GOLDEN_MAVEN=' + home + '/bin'
    }
    withEnv(environment) {
        body()
    }
}

/** Windows reads the values of variables as part of the command, so these characters could end it. */
private String shellSafe(boolean unix, String value) {
    if (!unix) {
        for (letter in ['"', '%', '!', '&', '|', '<', '>', '^', '\n', '\r']) {
            if (value.contains(letter)) {
                error "On Windows no value may contain " + letter.trim() + ": '" + value + "'. Remove it."
            }
        }
        if (value.endsWith('\\')) {
            error "On Windows no value may end with \\, which would join it to the next one: '" + value + "'. Remove it."
        }
    }
    return value
}
