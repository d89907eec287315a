/**
 * A whole pipeline: checkout, mvn verify with its test reports, the golden image, the gate, and on a
 * release an approval and the promotion by digest.
 */
def call(Map config = [:]) {
    goldenMaven.check('goldenPipeline', config, keys())
    checkStages(config.stages ?: [:])
    Map gate = onAgent(config) { build(config) }
    if (!isRelease(config) || !config.to) {
        return gate
    }
    approve(config, gate)
    goldenMaven.optional('milestone', 'the plugin pipeline-milestone-step', 'an older build may be promoted after a newer one') {
        milestone()
    }
    onAgent(config) { promote(config, gate) }
    return gate
}

List keys() {
    return ['agent', 'approvalTimeout', 'base', 'goals', 'image', 'insecureRegistries', 'policy', 'releaseBranches', 'stages', 'submitters', 'to'] + goldenMaven.keys()
}

/** Where a caller may add stages of its own. */
List points() {
    return ['afterCheckout', 'afterVerify', 'afterImage', 'afterGate', 'beforePromotion']
}

private Map build(Map config) {
    stage('Checkout') {
        checkout scm
    }
    point(config, 'afterCheckout', [:])
    stage('Verify') {
        tests(config)
    }
    point(config, 'afterVerify', [:])
    Map image = [:]
    stage('Golden image') {
        goldenMaven.locked('golden-' + env.JOB_NAME) {
            image = goldenBuild(imageConfig(config))
        }
        goldenReport(result: image)
    }
    point(config, 'afterImage', image)
    Map gate = image
    stage('Golden gate') {
        gate = checked(config, image)
    }
    point(config, 'afterGate', gate)
    return gate
}

private def tests(Map config) {
    try {
        goldenMaven(common(config) + [goals: config.goals ?: ['verify']])
    } finally {
        junit testResults: '**/target/surefire-reports/*.xml,**/target/failsafe-reports/*.xml', allowEmptyResults: true
    }
}

/** A pull request pushes nothing, whatever image its POM names: it writes an OCI layout. */
private Map imageConfig(Map config) {
    Map image = common(config)
    image.arguments = (config.arguments ?: []) + ['-DskipTests']
    for (key in ['base', 'insecureRegistries', 'policy']) {
        if (config[key]) {
            image[key] = config[key]
        }
    }
    if (config.image) {
        image.image = config.image
    }
    if (env.CHANGE_ID) {
        image.push = false
    }
    return image
}

private Map checked(Map config, Map image) {
    if (!config.policy) {
        echo "Golden Maven: no policy is named, so nothing is held to one. Give goldenPipeline the key 'policy'."
        return image
    }
    return goldenVerify(gateConfig(config, image))
}

private Map gateConfig(Map config, Map image) {
    Map gate = common(config) + [policy: config.policy, image: pinned(image), release: isRelease(config)]
    if (config.insecureRegistries) {
        gate.insecureRegistries = config.insecureRegistries
    }
    return gate
}

/** Exactly the bytes that were built, whatever the tag says by now. */
private List pinned(Map result) {
    List references = []
    for (image in result.images) {
        references << (image.digest && !image.reference.contains('@') ? image.reference + '@' + image.digest : image.reference)
    }
    return references
}

private def approve(Map config, Map gate) {
    stage('Approval') {
        timeout(time: config.approvalTimeout ?: 1440, unit: 'MINUTES') {
            if (config.submitters) {
                input message: 'Promote ' + pinned(gate).join(', ') + ' to ' + config.to + '?', ok: 'Promote', submitter: config.submitters instanceof List ? config.submitters.join(',') : config.submitters
            } else {
                input message: 'Promote ' + pinned(gate).join(', ') + ' to ' + config.to + '?', ok: 'Promote'
            }
        }
    }
}

private def promote(Map config, Map gate) {
    stage('Promotion') {
        checkout scm
        point(config, 'beforePromotion', gate)
        goldenMaven.locked('golden-' + config.to) {
            goldenPromote(gateConfig(config, gate) + [to: config.to])
        }
    }
}

/** A tag, or a branch that releases come from; a name may end in * for all that begin with it. */
boolean isRelease(Map config) {
    if (env.TAG_NAME) {
        return true
    }
    String branch = env.BRANCH_NAME ?: ''
    List patterns = config.releaseBranches ?: []
    for (pattern in patterns) {
        boolean begins = pattern.endsWith('*') && branch.startsWith(pattern.substring(0, pattern.length() - 1))
        if (!env.CHANGE_ID && (begins || branch == pattern)) {
            return true
        }
    }
    return false
}

/** An agent that is lost, or a step that a restart of the controller ended, is tried once more. */
private Map onAgent(Map config, Closure body) {
    Map result = [:]
    retry(count: 2, conditions: [agent(), nonresumable()]) {
        node(config.agent ?: '') {
            result = body() ?: [:]
        }
    }
    return result
}

private def point(Map config, String name, Map result) {
    Map stages = config.stages ?: [:]
    if (stages[name]) {
        Closure body = stages[name]
        body(result)
    }
}

private def checkStages(stages) {
    if (!(stages instanceof Map)) {
        error "goldenPipeline: the key 'stages' takes a map from a point to a closure. Points: " + points().join(', ') + '.'
    }
    goldenMaven.check("goldenPipeline's stages", stages, points())
}

/** What the door takes, as the caller gave it. */
private Map common(Map config) {
    Map common = [:]
    for (key in goldenMaven.keys()) {
        if (config.containsKey(key)) {
            common[key] = config[key]
        }
    }
    return common
}
