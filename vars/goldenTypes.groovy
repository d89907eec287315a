/** The type of each key, and whether a value has that type. */

/**
 * What each key takes, as a refusal says it. A key that is not here takes a simple value or a list of
 * them. All steps share this table.
 */
Map all() {
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
        outputDirectory: "a folder in the workspace, such as 'target/golden', without spaces or special characters",
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

/** Whether a value is what the table says, such as "a text". */
boolean fits(String takes, value) {
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
        return value instanceof CharSequence && goldenText.isFolder(value.toString())
    }
    if (takes.startsWith('letters')) {
        return isSimple(value) && goldenText.isPlain(value.toString())
    }
    return isSimple(value) || (takes.endsWith('or a list') && value instanceof List && value.every { one -> isSimple(one) })
}

private boolean fitsMap(String takes, Map value) {
    if (takes.startsWith('a map from a registry')) {
        return value.keySet().every { host -> goldenText.isPlain(host.toString()) } && value.values().every { id -> isSimple(id) }
    }
    if (takes.endsWith('to a closure')) {
        return value.values().every { body -> body instanceof Closure }
    }
    return !takes.startsWith('a map of texts') || value.values().every { text -> text instanceof CharSequence }
}

/** Whether a value is a text, a number or a boolean. */
boolean isSimple(value) {
    return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
}
