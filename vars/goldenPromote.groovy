/** Verifies an image, then copies exactly that digest: golden:promote. Its reports are files only, because the gate before it has shown them. */
Map call(Map config = [:]) {
    Map result = gate(config)
    goldenVerdict.require('goldenPromote', result, config.skip)
    return result
}

/** The same, but a failure does not fail the build. With dryRun it says beforehand whether it would succeed. */
Map gate(Map config) {
    Map result = goldenMaven.goals('goldenPromote', ['promote'], keys(), config)
    goldenReport.keep(result, goldenMaven.folder(config))
    return result
}

/** Exactly the parameters of golden:promote. */
List keys() {
    return ['base', 'caCertificates', 'cache', 'dryRun', 'fleet', 'image', 'insecureRegistries', 'outputDirectory', 'overwrite', 'policy', 'release', 'skip', 'to', 'tokenServers']
}
