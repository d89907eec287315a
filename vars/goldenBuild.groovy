/** Packages the service onto its golden image: golden:build. */
Map call(Map config = [:]) {
    Map result = image(config)
    if (result.status != 0) {
        if (result.verdict) {
            goldenReport.show(result, result.folder)
        }
        goldenVerdict.failed('goldenBuild', result)
    }
    return result
}

/** The same, but a failure does not fail the build. Describes the build and archives the results. */
Map image(Map config) {
    return kept(goldenMaven.goals('goldenBuild', ['build'], keys(), config), config)
}

/**
 * The image and the gate's verdict on it in one run of Maven. The project's own plugins run in that JVM too, so a release
 * does not use it.
 */
Map withGate(Map config) {
    return kept(goldenMaven.goals('goldenBuild', ['build', 'verify'], keys() + ['built'], config + [built: true]), config)
}

/** Whether the verdict is the gate's; golden:build may have failed before it. */
boolean isOfGate(Map result) {
    return result.verdict && result.goal != 'golden:build'
}

private Map kept(Map result, Map config) {
    if (result.status == 0 && result.images.isEmpty()) {
        echo "Golden Maven: golden:build left no result under '" + goldenMaven.folder(config) + "'. It was skipped, or it wrote to another folder."
    }
    goldenReport.keep(result, goldenMaven.folder(config))
    return result
}

/** Exactly the parameters of golden:build. */
List keys() {
    return ['base', 'builder', 'caCertificates', 'cache', 'container.appRoot', 'container.args', 'container.creationTime', 'container.entrypoint',
            'container.environment', 'container.expandClasspathDependencies', 'container.extraClasspath',
            'container.filesModificationTime', 'container.format', 'container.jvmFlags', 'container.labels', 'container.mainClass',
            'container.ports', 'container.user', 'container.volumes', 'container.workingDirectory', 'containerizingMode', 'dryRun',
            'image', 'insecureRegistries', 'key', 'keyPassword', 'layering', 'outputDirectory', 'platforms', 'policy', 'push', 'release', 'skip', 'tags', 'tokenServers']
}
