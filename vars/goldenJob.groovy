/** What kind of build this is: whose code it runs, whether it is a release, what it may use. */

/** Sets the job's properties: in a multibranch project only a pipeline can. They replace those that it set before. */
def jobProperties(Map config) {
    List wanted = []
    wanted.addAll(config.properties ?: [])
    boolean asked = config.properties || config.keepBuilds != null
    int keep = (config.keepBuilds != null ? config.keepBuilds : asked || (env.BRANCH_NAME && params.isEmpty()) ? 30 : 0).toString().toInteger()
    if (keep > 0) {
        wanted << buildDiscarder(logRotator(numToKeepStr: keep.toString()))
    }
    if (wanted && goldenPlugins.present('properties', 'the plugin workflow-multibranch', 'old builds are kept')) {
        retry(count: 2, conditions: [nonresumable()]) {
            properties(wanted)
        }
    }
}

/** A tag, or a branch of releaseBranches; a name there that ends with * means all branches that begin with it. */
boolean isRelease(Map config) {
    if (env.CHANGE_ID) {
        return false
    }
    String branch = env.BRANCH_NAME ?: ''
    return env.TAG_NAME || (config.releaseBranches ?: []).any { pattern ->
        branch == pattern || (pattern.endsWith('*') && branch.startsWith(pattern.substring(0, pattern.length() - 1)))
    }
}

/** Whether this build ends with a promotion. */
boolean promotes(Map config) {
    return config.to && isRelease(config)
}

/**
 * Whether one run of Maven both builds the image and checks it: where nothing is released and no closure runs between the two.
 * A release runs its gate in a JVM of its own, because the project's plugins run in the one that builds.
 */
boolean isOneRun(Map config) {
    return config.policy && !isRelease(config) && !config.stages?.afterImage
}

/** The policy's path: in the checkout, or outside of it, where no branch of the service can change it. */
String policy(Map config) {
    if (!config.policyScm) {
        return config.policy ?: ''
    }
    String folder = pwd(tmp: true) + '/golden-policy'
    dir(folder) {
        checkout scm: config.policyScm, changelog: false, poll: false
    }
    return folder + '/' + config.policy
}

/** Runs the caller's closure for a named point, if there is one. */
def point(Map config, String name, Map result) {
    Map stages = config.stages ?: [:]
    if (stages[name]) {
        Closure body = stages[name]
        body(result)
    }
}

/** The keys that goldenMaven takes, as the caller gave them, without the credentials: see credentials(). */
Map common(Map config) {
    Map common = [:]
    for (key in goldenMaven.keys() + ['outputDirectory']) {
        if (config.containsKey(key) && key != 'credentials') {
            common[key] = config[key]
        }
    }
    return common
}

/** A pull request's code could print its credentials, so it gets those that only read; a fork's gets none. */
Map credentials(Map config) {
    if (env.CHANGE_ID) {
        return env.CHANGE_FORK ? [:] : config.pullCredentials ?: [:]
    }
    return config.credentials ?: [:]
}
