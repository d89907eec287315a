/**
 * A whole pipeline: checkout, mvn verify with its test reports, the golden image, the gate, and on a
 * release an approval and the promotion by digest.
 */
def call(Map config = [:]) {
    goldenMaven.check('goldenPipeline', config, keys(), [base: 'a text', image: 'a text', policy: 'a text', to: 'a text'])
    goldenMaven.unknown("goldenPipeline's stages", config.stages ?: [:], points())
    if (config.to && !config.policy) {
        error "goldenPipeline: the key 'to' needs the key 'policy': only what passed a policy is promoted. Name one, or leave 'to' out."
    }
    Map gate = onAgent(config) { build(config) }
    if (!isRelease(config) || !config.to) {
        return gate
    }
    if (currentBuild.currentResult != 'SUCCESS') {
        echo 'Golden Maven: the build is ' + currentBuild.currentResult + ', so nothing is promoted.'
        return gate
    }
    approve(config, gate)
    goldenMaven.optional(['milestone'], 'the plugin pipeline-milestone-step', 'an older build may be promoted after a newer one') {
        milestone()
    }
    goldenMaven.locked('golden-' + config.to) {
        onAgent(config) { promote(config, gate) }
    }
    return gate
}

List keys() {
    return ['agent', 'approvalTimeout', 'base', 'goals', 'image', 'insecureRegistries', 'outputDirectory', 'policy', 'pullCredentials', 'releaseBranches', 'stages',
            'submitters', 'to'] + goldenMaven.keys()
}

/** Where a caller may add stages of its own. */
List points() {
    return ['afterCheckout', 'afterVerify', 'afterImage', 'afterGate', 'beforePromotion']
}

/** The stages on the first agent, then their reports: once, even where a restart makes the stages run again. */
private Map build(Map config) {
    Map found = [gate: [:]]
    boolean again = false
    try {
        work(config, found)
    } catch (Exception failed) {
        again = failed.toString().contains('Resume after a restart not supported')
        throw failed
    } finally {
        if (!again) {
            reports(config, found)
        }
    }
    return found.gate
}

private def work(Map config, Map found) {
    stage('Checkout') {
        checkout scm
    }
    point(config, 'afterCheckout', [:])
    stage('Verify') {
        tests(config)
    }
    point(config, 'afterVerify', [:])
    stage('Golden image') {
        goldenMaven.locked('golden-' + env.JOB_NAME) {
            found.gate = goldenBuild(imageConfig(config))
        }
        requireImage(config, found.gate)
    }
    point(config, 'afterImage', found.gate)
    stage('Golden gate') {
        hold(config, found)
    }
    point(config, 'afterGate', found.gate)
}

/** The project's own code: it is given no credentials, and a goal that its POM binds pushes nothing. */
private def tests(Map config) {
    Map verify = common(config) + [goals: config.goals ?: ['verify']]
    verify.remove('outputDirectory')
    verify.arguments = (config.arguments ?: []) + ['-Dgolden.push=false']
    goldenMaven(verify)
}

private def reports(Map config, Map found) {
    stage('Reports') {
        if (found.gate.verdict) {
            goldenReport.show(found.gate, goldenMaven.folder(config))
        }
        goldenMaven.needed(['junit'], 'The reports need the plugin junit. Install it.') {
            junit testResults: '**/target/surefire-reports/*.xml,**/target/failsafe-reports/*.xml', allowEmptyResults: true
        }
    }
}

/** A pull request pushes nothing, whatever image its POM names: it writes an OCI layout. */
private Map imageConfig(Map config) {
    Map image = common(config) + [credentials: credentials(config)]
    image.arguments = (config.arguments ?: []) + ['-DskipTests']
    for (key in ['base', 'image', 'insecureRegistries', 'policy']) {
        if (config[key]) {
            image[key] = config[key]
        }
    }
    if (env.CHANGE_ID) {
        image.push = false
    }
    if (isRelease(config)) {
        image.release = true
    }
    return image
}

/** What a release promotes lies in a registry, where the next agent finds it. */
private def requireImage(Map config, Map built) {
    if (config.policy && !built.images) {
        error "goldenPipeline: golden:build left no image to hold to the policy. Take golden.skip and golden.outputDirectory out of the POM, or name the folder in the key 'outputDirectory'."
    }
    if (!isRelease(config) || !config.to) {
        return
    }
    for (image in built.images) {
        if (image.reference.startsWith('oci:') || image.reference.startsWith('docker-daemon:')) {
            error "goldenPipeline: '" + image.reference + "' lies on this agent only, and a release promotes from a registry. Name an image in the key 'image', or in the POM's <image>."
        }
    }
    if (built.images.size() > 1 && !config.to.endsWith('/')) {
        error 'goldenPipeline: ' + built.images.size() + " images cannot all be promoted to '" + config.to + "'. End the key 'to' in a slash: each then keeps its name below it."
    }
}

private def hold(Map config, Map found) {
    if (!config.policy) {
        echo "Golden Maven: no policy is named, so nothing is held to one. Give goldenPipeline the key 'policy'."
        return
    }
    found.gate = goldenVerify.gate(gateConfig(config, pinned(found.gate)))
    goldenReport.require('goldenVerify', found.gate)
}

private Map gateConfig(Map config, images) {
    Map gate = common(config) + [credentials: credentials(config), policy: config.policy, image: images, release: isRelease(config)]
    if (config.insecureRegistries) {
        gate.insecureRegistries = config.insecureRegistries
    }
    return gate
}

/** Exactly the bytes that were built, whatever the tag says by now. */
private List pinned(Map result) {
    return result.images.collect { image -> image.digest && !image.reference.contains('@') ? image.reference + '@' + image.digest : image.reference }
}

private def approve(Map config, Map gate) {
    String submitters = config.submitters instanceof List ? config.submitters.join(',') : config.submitters ?: ''
    stage('Approval') {
        goldenMaven.needed(['input'], "The approval needs the plugin pipeline-input-step. Install it, or leave the key 'to' out.") {
            timeout(time: (config.approvalTimeout ?: 1440).toString().toInteger(), unit: 'MINUTES') {
                input message: 'Promote ' + pinned(gate).join(', ') + ' to ' + config.to + '?', ok: 'Promote', submitter: submitters
            }
        }
    }
}

private def promote(Map config, Map gate) {
    stage('Promotion') {
        checkout scm
        point(config, 'beforePromotion', gate)
        for (image in pinned(gate)) {
            goldenPromote(gateConfig(config, image) + [to: target(config.to.toString(), image)])
        }
        goldenReport.describe(gate)
    }
}

/** The release's name; below a place that ends in a slash, the image's own. */
private String target(String to, String image) {
    String named = image.contains('@') ? image.substring(0, image.indexOf('@')) : image
    return to.endsWith('/') ? to + named.substring(named.lastIndexOf('/') + 1) : to
}

/** A tag, or a branch that releases come from; a name may end in * for all that begin with it. */
boolean isRelease(Map config) {
    if (env.CHANGE_ID) {
        return false
    }
    String branch = env.BRANCH_NAME ?: ''
    return env.TAG_NAME || (config.releaseBranches ?: []).any { pattern ->
        branch == pattern || (pattern.endsWith('*') && branch.startsWith(pattern.substring(0, pattern.length() - 1)))
    }
}

/** An agent that is lost, or a step that a restart of the controller ended, is tried once more. */
private Map onAgent(Map config, Closure body) {
    Map result = [:]
    retry(count: 2, conditions: [agent(), nonresumable()]) {
        node(config.agent ?: '') {
            // A body may end in any step, and Jenkins casts what a typed variable is given.
            def last = body()
            result = last instanceof Map ? last : [:]
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

/** What the door takes, as the caller gave it; who logs in where is decided apart. */
private Map common(Map config) {
    Map common = [:]
    for (key in goldenMaven.keys() + ['outputDirectory']) {
        if (config.containsKey(key) && key != 'credentials') {
            common[key] = config[key]
        }
    }
    return common
}

/** A pull request's code could print what it is given: it may read with what is meant for that, and a fork's may not. */
private Map credentials(Map config) {
    if (env.CHANGE_ID) {
        return env.CHANGE_FORK ? [:] : config.pullCredentials ?: [:]
    }
    return config.credentials ?: [:]
}
