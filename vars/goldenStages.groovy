/** What runs on the agent, from the checkout to the gate, and its reports. */

/** All stages up to the gate. */
Map work(Map config, Map found) {
    found.gate = [:]
    stage('Checkout') {
        checkout scm
    }
    Map checked = config + [policy: goldenJob.policy(config)]
    goldenJob.point(config, 'afterCheckout', [:])
    stage('Verify') {
        goldenTests.verify(config)
    }
    goldenJob.point(config, 'afterVerify', [:])
    stage('Golden image') {
        goldenPlugins.locked('golden-' + env.JOB_NAME) {
            found.gate = goldenJob.isOneRun(config) ? goldenBuild.withGate(imageConfig(checked)) : goldenBuild.image(imageConfig(checked))
        }
        if (found.gate.status != 0 && !goldenBuild.isOfGate(found.gate)) {
            goldenVerdict.failed('goldenBuild', found.gate)
        }
        requireImage(config, found.gate)
    }
    goldenJob.point(config, 'afterImage', found.gate)
    stage('Golden gate') {
        goldenRelease.gate(checked, found)
    }
    goldenJob.point(config, 'afterGate', found.gate)
    return found.gate
}

/** Jenkins counts a report each time it is published, so what was published is remembered: a restart or a lost agent may run this again. */
def reports(Map config, Map found, Map shown) {
    stage('Reports') {
        if (found.gate.verdict) {
            retry(count: 3, conditions: [nonresumable()]) {
                goldenReport.show(found.gate, found.gate.folder, shown)
            }
        }
        goldenTests.report(shown)
    }
}

/** A pull request pushes nothing, whatever image its POM names: it writes an OCI layout. */
private Map imageConfig(Map config) {
    Map image = goldenJob.common(config) + [credentials: goldenJob.credentials(config)]
    image.arguments = (config.arguments ?: []) + ['-DskipTests']
    for (key in ['base', 'image', 'insecureRegistries', 'policy']) {
        if (config[key]) {
            image[key] = config[key]
        }
    }
    if (env.CHANGE_ID) {
        image.push = false
    }
    if (goldenJob.isRelease(config)) {
        image.release = true
    }
    return image
}

/** A release promotes from a registry, where the next agent finds the image. */
private def requireImage(Map config, Map built) {
    if (config.policy && !built.images && !built.verdict) {
        error "goldenPipeline: golden:build left no image to check. Remove golden.skip and golden.outputDirectory from the POM, or name the folder in the key 'outputDirectory'."
    }
    if (!goldenJob.promotes(config)) {
        return
    }
    for (image in built.images) {
        if (image.reference.startsWith('oci:') || image.reference.startsWith('docker-daemon:')) {
            error "goldenPipeline: '" + image.reference + "' is on this agent only, but a release promotes from a registry. Name an image in the key 'image', or in the POM's <image>."
        }
    }
    if (built.images.size() > 1 && !config.to.endsWith('/')) {
        error 'goldenPipeline: ' + built.images.size() + " images cannot all be promoted to '" + config.to + "'. End the key 'to' with a slash: each image then keeps its name below it."
    }
}
