/** Verifies, then copies exactly that digest: golden:promote. Its reports are files only: the gate that stood before it has shown them. */
Map call(Map config = [:]) {
    Map result = gate(config)
    goldenReport.require('goldenPromote', result, config.skip)
    return result
}

/** The same without failing, described and archived; with dryRun it tells beforehand whether it would. */
Map gate(Map config) {
    Map result = goldenMaven.goals('goldenPromote', ['promote'], keys(), config)
    goldenReport.keep(result, goldenMaven.folder(config))
    return result
}

/** Exactly the parameters of golden:promote. */
List keys() {
    return ['base', 'caCertificates', 'cache', 'dryRun', 'fleet', 'image', 'insecureRegistries', 'outputDirectory', 'overwrite', 'policy', 'release', 'skip', 'to', 'tokenServers']
}
