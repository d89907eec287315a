/** What the keys of all steps take: refused by name and type before anything is done. */

/**
 * What a key takes, in the words of its refusal; what is not here takes a simple value or a list of
 * them. The one table for all steps.
 */
Map types() {
    return [
        agent: 'a text',
        approvalTimeout: 'a number of minutes from 1',
        arguments: "a list of texts, such as ['-Pci']",
        'container.expandClasspathDependencies': 'true or false',
        credentials: "a map from a registry's host to the id of its credentials",
        dryRun: 'true or false',
        goals: "a list of texts, such as ['verify']",
        jdk: 'a text',
        jdks: "a list of texts, such as ['17', '21']",
        keepBuilds: 'a whole number from 0',
        kubernetes: "a map of texts, such as [label: 'maven', container: 'maven']",
        maven: 'a text',
        notify: 'a map from onSuccess, onFailure or always to a closure',
        outputDirectory: "a folder in the workspace, such as 'target/golden', of letters without spaces or signs",
        overwrite: 'true or false',
        pluginVersion: 'letters, digits and . - _ : only',
        policyScm: 'what a checkout takes, such as scmGit(...)',
        properties: "a list of the job's properties, such as [disableConcurrentBuilds()]",
        pullCredentials: "a map from a registry's host to the id of its credentials",
        push: 'true or false',
        release: 'true or false',
        releaseBranches: "a list of texts, such as ['release/*']",
        result: 'a map, which a step returned',
        settings: 'a text',
        skip: 'true or false',
        stages: 'a map from a point to a closure',
        timeout: 'a number of minutes from 1',
        timestamps: 'true or false',
    ]
}

/** Refuses a key that nobody knows, and a value that its key does not take, before anything is done. */
def check(String step, Map config, List known, Map more = [:]) {
    if (config == null) {
        error step + " was given null in place of its keys. Leave it out, or give a map."
    }
    unknown(step, config, known)
    Map all = types() + more
    for (key in config.keySet()) {
        String takes = all[key] ?: 'a text, a number, a boolean or a list'
        if (config[key] != null && !fits(takes, config[key])) {
            error step + ": the key '" + key + "' takes " + takes + given(config[key]) + '.'
        }
    }
    for (argument in (config.arguments ?: [])) {
        if (argument.toString().startsWith('-Dgolden.outputDirectory')) {
            error step + ": '" + argument + "' would hide the results. Give the key 'outputDirectory' in place of the argument."
        }
    }
}

/** Refuses a key that nobody knows, with the nearest one that somebody does. */
def unknown(String step, Map config, List known) {
    for (key in config.keySet()) {
        if (!known.contains(key)) {
            error step + " has no key '" + key + "'. Did you mean '" + nearest(key.toString(), known) + "'? Known: " + known.toSorted().join(', ') + '.'
        }
    }
}

private String given(value) {
    return isSimple(value) ? ", not '" + value + "'" : ''
}

private boolean isSimple(value) {
    return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
}

/** Whether a value is what the words say. */
private boolean fits(String takes, value) {
    if (takes.startsWith('a map')) {
        return value instanceof Map && fitsMap(takes, value)
    }
    if (takes.startsWith('a list of the job')) {
        return value instanceof List && value.every { one -> one != null && !isSimple(one) }
    }
    if (takes.startsWith('a list')) {
        return value instanceof List && value.every { one -> one instanceof CharSequence }
    }
    if (takes.startsWith('what a checkout')) {
        return !isSimple(value) && !(value instanceof List) && !(value instanceof Closure) && value != [:]
    }
    if (takes.startsWith('a text that')) {
        return value instanceof CharSequence && value.toString().trim() != ''
    }
    if (takes == 'a text') {
        return value instanceof CharSequence
    }
    if (takes == 'true or false') {
        return value.toString() == 'true' || value.toString() == 'false'
    }
    if (takes.startsWith('a number')) {
        return value.toString().isInteger() && value.toString().toInteger() > 0
    }
    if (takes.startsWith('a whole number')) {
        return value.toString().isInteger() && value.toString().toInteger() >= 0
    }
    if (takes.startsWith('a folder')) {
        return value instanceof CharSequence && isFolder(value.toString())
    }
    if (takes.startsWith('letters')) {
        return isSimple(value) && isPlain(value.toString())
    }
    return isSimple(value) || (takes.endsWith('or a list') && value instanceof List && value.every { one -> isSimple(one) })
}

private boolean fitsMap(String takes, Map value) {
    if (takes.startsWith('a map from a registry')) {
        return value.keySet().every { host -> isPlain(host.toString()) } && value.values().every { id -> isSimple(id) }
    }
    if (takes.endsWith('to a closure')) {
        return value.values().every { body -> body instanceof Closure }
    }
    return !takes.startsWith('a map of texts') || value.values().every { text -> text instanceof CharSequence }
}

/** A word that may stand in a file or in coordinates. */
@NonCPS
private boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
        if (!'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:'.contains(word.substring(i, i + 1))) {
            return false
        }
    }
    return word.length() > 0
}

/** A path below the workspace that means itself to a shell, to find, and in a list of patterns. */
@NonCPS
private boolean isFolder(String path) {
    for (int i = 0; i < path.length(); i++) {
        if (' \t\n\r\\*?[](){}<>:;,=\'"`$%!&|^~'.contains(path.substring(i, i + 1))) {
            return false
        }
    }
    // Each folder has one spelling: an old result under another one would not be found and deleted.
    return path.length() > 0 && !path.endsWith('/') && !path.split('/').toList().any { part -> part == '' || part == '.' || part == '..' }
}

@NonCPS
private String nearest(String word, List known) {
    String best = ''
    int least = 1000
    for (candidate in known) {
        int distance = distance(word.toLowerCase(), candidate.toString().toLowerCase())
        if (distance < least) {
            least = distance
            best = candidate
        }
    }
    return best
}

@NonCPS
private int distance(String one, String other) {
    List row = []
    for (int j = 0; j <= other.length(); j++) {
        row << j
    }
    for (int i = 1; i <= one.length(); i++) {
        int diagonal = row[0]
        row[0] = i
        for (int j = 1; j <= other.length(); j++) {
            int change = one.substring(i - 1, i) == other.substring(j - 1, j) ? diagonal : diagonal + 1
            diagonal = row[j]
            int step = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1
            row[j] = change < step ? change : step
        }
    }
    return row[other.length()]
}
