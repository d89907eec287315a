/** Packages the service onto its golden image: golden:build. */
Map call(Map config = [:]) {
    Map result = goldenMaven.goal('goldenBuild', 'build', keys(), config)
    if (result.status != 0) {
        error 'goldenBuild: golden:build failed. Its ERROR lines above say what to mend.'
    }
    if (result.images.isEmpty()) {
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
            'image', 'insecureRegistries', 'layering', 'outputDirectory', 'platforms', 'policy', 'push', 'release', 'skip', 'tags']
}
