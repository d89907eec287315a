/** Packages the service onto its golden image: golden:build. */
Map call(Map config = [:]) {
    Map result = goldenMaven.goal('goldenBuild', 'build', keys(), config)
    if (result.status != 0) {
        error 'goldenBuild: golden:build failed. Its ERROR lines above say what to mend.'
    }
    return result
}

/** Exactly the parameters of golden:build. */
List keys() {
    return ['base', 'caCertificates', 'cache', 'container.mainClass', 'containerizingMode', 'dryRun', 'image', 'insecureRegistries', 'layering',
            'outputDirectory', 'platforms', 'policy', 'push', 'release', 'skip']
}
