/**
 * Which steps this Jenkins has. A missing plugin is refused before anything is built, or, if the
 * pipeline can do without it, left out with a line in the log.
 */

/**
 * Whether this Jenkins has a step. Jenkins looks a step up before it reads its arguments, and refuses
 * two arguments without names: such a call ends before anything is started, shown or logged.
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

/** Whether an optional step is there; if not, one line in the log says what is missing. */
boolean present(String step, String plugin, String otherwise) {
    if (has(step)) {
        return true
    }
    echo 'Golden Maven: ' + plugin + ' is not installed, so there is no ' + step + ': ' + otherwise + '.'
    return false
}

/** Runs a body under a lock, or without one if the plugin is missing. */
def locked(String resource, Closure body) {
    if (present('lock', 'the plugin lockable-resources', 'two builds may run at once')) {
        lock(resource) {
            body()
        }
    } else {
        body()
    }
}

/** Runs a body with a timestamp at each line of the log, if that is wanted and the plugin is there. */
def timed(boolean wanted, Closure body) {
    if (wanted && present('timestamps', 'the plugin timestamper', 'the log has no timestamps')) {
        timestamps {
            body()
        }
    } else {
        body()
    }
}

/** Fails the build if required steps are missing: all of them in one message. */
def require(List steps) {
    Map remedies = remedies()
    List missing = []
    for (step in steps) {
        if (!has(step) && !missing.contains(remedies[step])) {
            missing << remedies[step]
        }
    }
    if (missing) {
        error missing.join(' ')
    }
}

/** The steps that these keys need and that a Jenkins may lack. */
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

/** What to do if a required step is missing. */
private Map remedies() {
    return [
        configFileProvider: "The key 'settings' needs the plugin config-file-provider. Install it, or leave the key out.",
        container: "The key 'kubernetes' needs the plugin kubernetes. Install it, or leave the key out.",
        input: "The approval needs the plugin pipeline-input-step. Install it, or leave the key 'to' out.",
        junit: 'The reports need the plugin junit. Install it.',
        podTemplate: "The key 'kubernetes' needs the plugin kubernetes. Install it, or leave the key out.",
        withCredentials: "The key 'credentials' needs the plugin credentials-binding. Install it, or leave the key out.",
    ]
}
