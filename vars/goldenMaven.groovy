/** Runs phases of Maven, or goals of the plugin: every other step comes through here. */

/** The keys that every step takes besides those of its goal. */
List keys() {
    return ['arguments', 'credentials', 'jdk', 'maven', 'pluginVersion', 'settings', 'timeout']
}

/** Runs Maven's phases or goals, such as goldenMaven(goals: ['verify']); a failure fails the build. */
def call(Map config = [:]) {
    goldenKeys.check('goldenMaven', config, ['goals'] + keys())
    goldenPlugins.require(goldenPlugins.needed(config))
    int status = goldenCommand.mvn(config, config.goals ?: ['verify'], [:])
    if (status != 0) {
        error 'goldenMaven: Maven ended with exit code ' + status + '. Its first ERROR line above says why.'
    }
    return [status: status]
}

/**
 * Runs goals of the plugin in one start of Maven and reads what they left; never fails because of a verdict.
 *
 * @param step the step that a user wrote, for messages
 * @param goals the plugin's goals
 * @param known their parameters, which are the step's keys
 */
Map goals(String step, List goals, List known, Map config) {
    goldenKeys.check(step, config, known + keys())
    goldenPlugins.require(goldenPlugins.needed(config))
    Map properties = [:]
    for (key in known) {
        if (config.containsKey(key) && config[key] != null) {
            properties[key] = config[key] instanceof List ? config[key].join(',') : config[key].toString()
        }
    }
    String coordinates = 'io.github.goldenmaven:golden-maven-plugin:'
    if (config.pluginVersion) {
        coordinates += config.pluginVersion + ':'
    }
    int status = goldenCommand.mvn(config, goals.collect { goal -> coordinates + goal }, properties)
    return goldenResult.read(status, folder(config))
}

/** Where a goal leaves its results. */
String folder(Map config) {
    return config.outputDirectory ?: 'target/golden'
}
