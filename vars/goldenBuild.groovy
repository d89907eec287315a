/** Packages the service onto its golden image: golden:build. */
Map call(Map config = [:]) {
    Map result = image(config)
    if (result.status != 0) {
        if (result.verdict) {
            goldenReport.show(result, result.folder)
        }
        goldenReport.failed('goldenBuild', result)
    }
    return result
}

/** The same without failing, described and archived. */
Map image(Map config) {
    Map result = goldenMaven.goal('goldenBuild', 'build', keys(), config)
    if (result.status == 0 && result.images.isEmpty()) {
        echo "Golden Maven: golden:build left no result under '" + goldenMaven.folder(config) + "'. It was skipped, or wrote elsewhere."
    }
    goldenReport.keep(result, goldenMaven.folder(config))
    return result
}

/** Exactly the parameters of golden:build. */
List keys() {
    return ['base', 'caCertificates', 'cache', 'container.appRoot', 'container.args', 'container.creationTime', 'container.entrypoint',
            'container.environment', 'container.expandClasspathDependencies', 'container.extraClasspath',
            'container.filesModificationTime', 'container.format', 'container.jvmFlags', 'container.labels', 'container.mainClass',
            'container.ports', 'container.user', 'container.volumes', 'container.workingDirectory', 'containerizingMode', 'dryRun',
            'image', 'insecureRegistries', 'layering', 'outputDirectory', 'platforms', 'policy', 'push', 'release', 'skip', 'tags', 'tokenServers']
}
