/** Checks images against the policy: golden:verify. Reports first, then fails the build unless the verdict is pass. */
Map call(Map config = [:]) {
    goldenPlugins.require(['junit'])
    Map result = gate(config)
    goldenReport.show(result, goldenMaven.folder(config))
    goldenVerdict.require('goldenVerify', result, config.skip)
    return result
}

/** The verdict without its reports, which the caller shows later. Describes the build and archives the results. */
Map gate(Map config) {
    Map result = goldenMaven.goals('goldenVerify', ['verify'], keys(), config)
    goldenReport.keep(result, goldenMaven.folder(config))
    return result
}

/** Exactly the parameters of golden:verify. */
List keys() {
    return ['base', 'caCertificates', 'cache', 'fleet', 'image', 'insecureRegistries', 'outputDirectory', 'policy', 'release', 'skip', 'tokenServers']
}
