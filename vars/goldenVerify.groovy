/** Holds images to the policy: golden:verify. Reports first, then fails the build unless the verdict is pass. */
Map call(Map config = [:]) {
    Map result = goldenMaven.goal('goldenVerify', 'verify', keys(), config)
    goldenReport(result: result, outputDirectory: config.outputDirectory)
    goldenReport.require('goldenVerify', result)
    return result
}

/** Exactly the parameters of golden:verify. */
List keys() {
    return ['base', 'caCertificates', 'cache', 'fleet', 'image', 'insecureRegistries', 'outputDirectory', 'policy', 'release', 'skip']
}
