/**
 * A whole pipeline: checkout, mvn verify with its test reports, the golden image, the gate, and on a
 * release an approval and the promotion by digest.
 */
def call(Map config = [:]) {
    checked(config)
    Map found = [gate: [:]]
    goldenNotify(config.notify ?: [:], found) {
        goldenPlugins.timed(config.timestamps?.toString() != 'false') {
            whole(config.jdks ? config + [jdk: config.jdk ?: config.jdks[0]] : config, found)
        }
    }
    return found.gate
}

List keys() {
    return ['agent', 'approvalTimeout', 'base', 'goals', 'image', 'insecureRegistries', 'jdks', 'keepBuilds', 'kubernetes', 'notify', 'outputDirectory', 'overwrite',
            'policy', 'policyScm', 'properties', 'pullCredentials', 'releaseBranches', 'stages', 'submitters', 'timestamps', 'to'] + goldenMaven.keys()
}

/** Where a caller may add stages of its own. */
List points() {
    return ['afterCheckout', 'afterVerify', 'afterImage', 'afterGate', 'beforePromotion']
}

/** All that is wrong with the keys, or missing in this Jenkins, is said before anything is done. */
private def checked(Map config) {
    goldenKeys.check('goldenPipeline', config, keys(), filled(['base', 'image', 'policy', 'to']))
    goldenKeys.unknown("goldenPipeline's stages", config.stages ?: [:], points())
    goldenKeys.unknown("goldenPipeline's notify", config.notify ?: [:], ['always', 'onFailure', 'onSuccess'])
    goldenKeys.unknown("goldenPipeline's kubernetes", config.kubernetes ?: [:], ['cloud', 'container', 'inheritFrom', 'label', 'yaml'])
    if (config.to && !config.policy) {
        error "goldenPipeline: the key 'to' needs the key 'policy': only what passed a policy is promoted. Name one, or leave 'to' out."
    }
    if (config.policyScm && !config.policy) {
        error "goldenPipeline: the key 'policyScm' needs the key 'policy', the path of the policy in that repository. Give it."
    }
    if (config.agent && config.kubernetes) {
        error "goldenPipeline: the keys 'agent' and 'kubernetes' name two places to run in. Leave one out."
    }
    if (config.kubernetes != null && !config.kubernetes.label && !config.kubernetes.yaml && !config.kubernetes.inheritFrom) {
        error "goldenPipeline: the key 'kubernetes' names no pod. Give it a label, a yaml or inheritFrom."
    }
    goldenPlugins.require(['junit'] + (promotes(config) ? ['input'] : []) + goldenPlugins.needed(config))
}

/** An empty one would leave out, without a word, what its key was given for: the gate, say. */
private Map filled(List names) {
    return names.collectEntries { name -> [name, 'a text that is not empty'] }
}

private def whole(Map config, Map found) {
    jobProperties(config)
    if (config.jdks) {
        otherJdks(config)
    }
    Map shown = [:]
    goldenAgent(config, { work(config, found) }, { reports(config, found, shown) })
    if (!promotes(config)) {
        return
    }
    if (currentBuild.currentResult != 'SUCCESS') {
        echo 'Golden Maven: the build is ' + currentBuild.currentResult + ', so nothing is promoted.'
        return
    }
    approve(config, found.gate)
    if (goldenPlugins.present('milestone', 'the plugin pipeline-milestone-step', 'an older build may be promoted after a newer one')) {
        milestone()
    }
    goldenPlugins.locked('golden-' + config.to) {
        goldenAgent(config) { promote(config, found.gate) }
    }
}

/** A branch's job in a multibranch project has no other place for them; what a pipeline sets takes the place of what it set before. */
private def jobProperties(Map config) {
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

/** The tests under the other JDKs, each on an agent of its own, before anything is built that could be pushed. */
private def otherJdks(Map config) {
    Map branches = [:]
    config.jdks.findAll { jdk -> jdk != config.jdk }.each { jdk ->
        branches['JDK ' + jdk] = { onJdk(config + [jdk: jdk]) }
    }
    if (branches) {
        stage('Verify with other JDKs') {
            parallel branches
        }
    }
}

private def onJdk(Map config) {
    Map shown = [:]
    Closure checked = {
        checkout scm: scm, changelog: false, poll: false
        point(config, 'afterCheckout', [:])
        tests(config)
    }
    goldenAgent(config, checked, { testReports(shown) })
}

private Map work(Map config, Map found) {
    found.gate = [:]
    stage('Checkout') {
        checkout scm
    }
    Map held = config + [policy: policy(config)]
    point(config, 'afterCheckout', [:])
    stage('Verify') {
        tests(config)
    }
    point(config, 'afterVerify', [:])
    stage('Golden image') {
        goldenPlugins.locked('golden-' + env.JOB_NAME) {
            found.gate = isTogether(config) ? goldenBuild.held(imageConfig(held)) : goldenBuild.image(imageConfig(held))
        }
        if (found.gate.status != 0 && !goldenBuild.isHeld(found.gate)) {
            goldenReport.failed('goldenBuild', found.gate)
        }
        requireImage(config, found.gate)
    }
    point(config, 'afterImage', found.gate)
    stage('Golden gate') {
        hold(held, found)
    }
    point(config, 'afterGate', found.gate)
    return found.gate
}

/**
 * One start of Maven builds the image and holds it to the policy where nothing is released and nobody wants to step between. A release
 * keeps its gate in a JVM of its own: the project's plugins run in the one that builds.
 */
private boolean isTogether(Map config) {
    return config.policy && !isRelease(config) && !config.stages?.afterImage
}

/** Where the policy lies: in the checkout, or outside of it, where no branch of the service can change it. */
private String policy(Map config) {
    if (!config.policyScm) {
        return config.policy ?: ''
    }
    String folder = pwd(tmp: true) + '/golden-policy'
    dir(folder) {
        checkout scm: config.policyScm, changelog: false, poll: false
    }
    return folder + '/' + config.policy
}

/** The project's own code: it is given no credentials, and a goal that its POM binds pushes nothing. */
private def tests(Map config) {
    Map verify = common(config) + [goals: config.goals ?: ['verify']]
    verify.remove('outputDirectory')
    verify.arguments = (config.arguments ?: []) + ['-Dgolden.push=false']
    goldenMaven(verify)
}

/** What Jenkins counts comes once, even where a restart or a lost agent makes this run again: what was shown is remembered. */
private def reports(Map config, Map found, Map shown) {
    stage('Reports') {
        if (found.gate.verdict) {
            retry(count: 3, conditions: [nonresumable()]) {
                goldenReport.show(found.gate, found.gate.folder, shown)
            }
        }
        testReports(shown)
    }
}

private def testReports(Map shown) {
    retry(count: 3, conditions: [nonresumable()]) {
        goldenReport.once(shown, 'tests') {
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
    if (config.policy && !built.images && !built.verdict) {
        error "goldenPipeline: golden:build left no image to hold to the policy. Take golden.skip and golden.outputDirectory out of the POM, or name the folder in the key 'outputDirectory'."
    }
    if (!promotes(config)) {
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

/** A release asks its target too: what cannot be promoted is known before people are asked. */
private def hold(Map config, Map found) {
    if (!config.policy) {
        echo "Golden Maven: no policy is named, so nothing is held to one. Give goldenPipeline the key 'policy'."
        return
    }
    if (isTogether(config)) {
        goldenReport.require('goldenVerify', found.gate)
        return
    }
    List images = pinned(found.gate)
    boolean releasing = promotes(config)
    if (releasing && images.size() == 1) {
        found.gate = goldenPromote.gate(promotion(config, images[0]) + [dryRun: true])
    } else {
        found.gate = goldenVerify.gate(gateConfig(config, images))
    }
    goldenReport.require(found.gate.verdict == 'pass' ? 'goldenPromote' : 'goldenVerify', found.gate)
    if (releasing && images.size() > 1) {
        rehearse(config, images)
        goldenReport.describe(found.gate)
    }
}

/** In a folder of its own: the reports of all images together stay. */
private def rehearse(Map config, List images) {
    String folder = goldenMaven.folder(config) + '-promotion'
    for (image in images) {
        Map told = goldenPromote.gate(promotion(config, image) + [dryRun: true, outputDirectory: folder])
        goldenReport.require('goldenPromote', told)
    }
}

private Map promotion(Map config, String image) {
    Map promotion = gateConfig(config, image) + [to: target(config.to.toString(), image)]
    if (config.overwrite != null) {
        promotion.overwrite = config.overwrite
    }
    return promotion
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
    return result.images.collect { image -> goldenReport.pinned(image) }
}

private def approve(Map config, Map gate) {
    String submitters = config.submitters instanceof List ? config.submitters.join(',') : config.submitters ?: ''
    stage('Approval') {
        timeout(time: (config.approvalTimeout ?: 1440).toString().toInteger(), unit: 'MINUTES') {
            input message: 'Promote ' + pinned(gate).collect { image -> goldenReport.shortened(image) }.join(', ') + ' to ' + config.to + '?', ok: 'Promote', submitter: submitters
        }
    }
}

private def promote(Map config, Map gate) {
    stage('Promotion') {
        checkout scm: scm, changelog: false, poll: false
        Map held = config + [policy: policy(config)]
        point(config, 'beforePromotion', gate)
        for (image in pinned(gate)) {
            goldenPromote(promotion(held, image))
        }
        goldenReport.describe(gate)
    }
}

/** The release's name; below a place that ends in a slash, the image's own. */
private String target(String to, String image) {
    String named = image.contains('@') ? image.substring(0, image.indexOf('@')) : image
    return to.endsWith('/') ? to + named.substring(named.lastIndexOf('/') + 1) : to
}

private boolean promotes(Map config) {
    return config.to && isRelease(config)
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
