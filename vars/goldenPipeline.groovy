/**
 * A whole pipeline: checkout, mvn verify with its test reports, the golden image, the gate, and on a
 * release an approval and the promotion by digest.
 */
def call(Map config = [:]) {
    check(config)
    Map found = [gate: [:]]
    goldenNotify(config.notify ?: [:], found) {
        goldenPlugins.timed(config.timestamps?.toString() != 'false') {
            stages(config.jdks ? config + [jdk: config.jdk ?: config.jdks[0]] : config, found)
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

/** Refuses wrong keys and missing plugins before the first stage. */
private def check(Map config) {
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
    goldenPlugins.require(['junit'] + (goldenJob.promotes(config) ? ['input'] : []) + goldenPlugins.needed(config))
}

/** An empty text would silently leave out what the key stands for, such as the gate. */
private Map filled(List names) {
    return names.collectEntries { name -> [name, 'a text that is not empty'] }
}

private def stages(Map config, Map found) {
    goldenJob.jobProperties(config)
    if (config.jdks) {
        goldenTests.underOtherJdks(config)
    }
    Map shown = [:]
    goldenAgent(config, { goldenStages.work(config, found) }, { goldenStages.reports(config, found, shown) })
    if (!goldenJob.promotes(config)) {
        return
    }
    if (currentBuild.currentResult != 'SUCCESS') {
        echo 'Golden Maven: the build is ' + currentBuild.currentResult + ', so nothing is promoted.'
        return
    }
    goldenRelease.approve(config, found.gate)
    if (goldenPlugins.present('milestone', 'the plugin pipeline-milestone-step', 'an older build may be promoted after a newer one')) {
        milestone()
    }
    goldenPlugins.locked('golden-' + config.to) {
        goldenAgent(config) { goldenRelease.promote(config, found.gate) }
    }
}
