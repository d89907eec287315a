/** Verifies, then copies exactly that digest: golden:promote. */
Map call(Map config = [:]) {
    Map result = goldenMaven.goal('goldenPromote', 'promote', keys(), config)
    goldenReport(result: result, outputDirectory: config.outputDirectory)
    goldenReport.require('goldenPromote', result)
    return result
}

/** Exactly the parameters of golden:promote. */
List keys() {
    return ['base', 'caCertificates', 'cache', 'dryRun', 'fleet', 'image', 'insecureRegistries', 'outputDirectory', 'overwrite', 'policy', 'release', 'skip', 'to']
}
