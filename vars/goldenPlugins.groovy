/**
 * What this Jenkins has installed, for the other steps: which of their own steps it lacks is known
 * before anything is built, and what can be left out is left out.
 */

/**
 * Whether this Jenkins has a step. Jenkins looks a step up before it reads what it is given, and takes
 * no two values without names: such a call ends before anything is begun, shown or logged.
 */
boolean has(String step) {
    try {
        "${step}"(null, null)
    } catch (NoSuchMethodError absent) {
        return false
    } catch (Exception there) {
        return true
    }
    return true
}

/** Whether a step is there that can be done without; says in one line what is missing then. */
boolean present(String step, String plugin, String otherwise) {
    if (has(step)) {
        return true
    }
    echo 'Golden Maven: ' + plugin + ' is not installed, so there is no ' + step + ': ' + otherwise + '.'
    return false
}

/** Runs a body under a lock, or without one where the plugin for it is absent. */
def locked(String resource, Closure body) {
    if (present('lock', 'the plugin lockable-resources', 'nothing keeps two builds apart')) {
        lock(resource) {
            body()
        }
    } else {
        body()
    }
}

/** Runs a body with the time at each line, where it is wanted and the plugin for it is there. */
def timed(boolean wanted, Closure body) {
    if (wanted && present('timestamps', 'the plugin timestamper', 'the log has no times')) {
        timestamps {
            body()
        }
    } else {
        body()
    }
}

/** Ends the build before it begins where it could not end well: all that is missing in one message. */
def require(List steps) {
    Map told = sentences()
    List missing = []
    for (step in steps) {
        if (!has(step) && !missing.contains(told[step])) {
            missing << told[step]
        }
    }
    if (missing) {
        error missing.join(' ')
    }
}

/** The steps that a Jenkins may lack and that the keys cannot do without. */
List needed(Map config) {
    List steps = []
    if (config.credentials || config.pullCredentials) {
        steps << 'withCredentials'
    }
    if (config.settings) {
        steps << 'configFileProvider'
    }
    if (config.kubernetes) {
        steps.addAll(['podTemplate', 'container'])
    }
    return steps
}

/** What to do where a step is absent that cannot be done without. */
private Map sentences() {
    return [
        configFileProvider: "The key 'settings' needs the plugin config-file-provider. Install it, or leave the key out.",
        container: "The key 'kubernetes' needs the plugin kubernetes. Install it, or leave the key out.",
        input: "The approval needs the plugin pipeline-input-step. Install it, or leave the key 'to' out.",
        junit: 'The reports need the plugin junit. Install it.',
        podTemplate: "The key 'kubernetes' needs the plugin kubernetes. Install it, or leave the key out.",
        withCredentials: "The key 'credentials' needs the plugin credentials-binding. Install it, or leave the key out.",
    ]
}
