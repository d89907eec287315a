/** The gate, and what a release does once it is passed: the approval and the promotion. */

/** Checks the images against the policy; a release also asks its target, so that nobody approves what cannot be promoted. */
def gate(Map config, Map found) {
    if (!config.policy) {
        echo "Golden Maven: no policy is named, so no image is checked. Give goldenPipeline the key 'policy'."
        return
    }
    if (goldenJob.isOneRun(config)) {
        goldenVerdict.require('goldenVerify', found.gate)
        return
    }
    List images = pinned(found.gate)
    boolean releasing = goldenJob.promotes(config)
    if (releasing && images.size() == 1) {
        found.gate = goldenPromote.gate(promotion(config, images[0]) + [dryRun: true])
    } else {
        found.gate = goldenVerify.gate(gateConfig(config, images))
    }
    goldenVerdict.require(found.gate.verdict == 'pass' ? 'goldenPromote' : 'goldenVerify', found.gate)
    if (releasing && images.size() > 1) {
        rehearse(config, images)
        goldenReport.describe(found.gate)
    }
}

/** In a folder of its own, so that the report on all images is not overwritten. */
private def rehearse(Map config, List images) {
    String folder = goldenMaven.folder(config) + '-promotion'
    for (image in images) {
        Map rehearsed = goldenPromote.gate(promotion(config, image) + [dryRun: true, outputDirectory: folder])
        goldenVerdict.require('goldenPromote', rehearsed)
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
    Map gate = goldenJob.common(config) + [credentials: goldenJob.credentials(config), policy: config.policy, image: images, release: goldenJob.isRelease(config)]
    if (config.insecureRegistries) {
        gate.insecureRegistries = config.insecureRegistries
    }
    return gate
}

/** Exactly the bytes that were built, whatever the tag says by now. */
private List pinned(Map result) {
    return result.images.collect { image -> goldenVerdict.pinned(image) }
}

/** Waits outside of node for somebody who may approve. */
def approve(Map config, Map gate) {
    String submitters = config.submitters instanceof List ? config.submitters.join(',') : config.submitters ?: ''
    stage('Approval') {
        timeout(time: (config.approvalTimeout ?: 1440).toString().toInteger(), unit: 'MINUTES') {
            input message: 'Promote ' + pinned(gate).collect { image -> goldenVerdict.shortened(image) }.join(', ') + ' to ' + config.to + '?', ok: 'Promote', submitter: submitters
        }
    }
}

/** Copies each image, by its digest, to the release repository. */
def promote(Map config, Map gate) {
    stage('Promotion') {
        checkout scm: scm, changelog: false, poll: false
        Map checked = config + [policy: goldenJob.policy(config)]
        goldenJob.point(config, 'beforePromotion', gate)
        for (image in pinned(gate)) {
            goldenPromote(promotion(checked, image))
        }
        goldenReport.describe(gate)
    }
}

/** The name to promote to. Where the key ends with a slash, the image's own name follows it. */
private String target(String to, String image) {
    String named = image.contains('@') ? image.substring(0, image.indexOf('@')) : image
    return to.endsWith('/') ? to + named.substring(named.lastIndexOf('/') + 1) : to
}
