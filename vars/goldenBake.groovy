/** Bakes a golden image from golden.yaml: golden:bake. */
Map call(Map config = [:]) {
    Map result = image(config)
    if (result.status != 0) {
        if (result.verdict) {
            goldenReport.show(result, result.folder)
        }
        goldenVerdict.failed('goldenBake', result)
    }
    return result
}

/** The same, but a failure does not fail the build. Describes the build and archives the results. */
Map image(Map config) {
    Map result = goldenMaven.goals('goldenBake', ['bake'], keys(), config)
    if (result.status == 0 && result.images.isEmpty()) {
        echo "Golden Maven: golden:bake left no result under '" + goldenMaven.folder(config) + "'. It was skipped, or it wrote to another folder."
    }
    goldenReport.keep(result, goldenMaven.folder(config))
    return result
}

/** Exactly the parameters of golden:bake. */
List keys() {
    return ['builder', 'caCertificates', 'cache', 'created', 'definition', 'dryRun', 'from', 'insecureRegistries', 'key', 'keyPassword', 'outputDirectory', 'policy', 'release', 'skip', 'to', 'tokenServers']
}
