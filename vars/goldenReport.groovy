/**
 * Shows what a goal found: the build's description, JUnit, archived and fingerprinted files, and
 * richer reports where their plugins are installed.
 */
def call(Map config = [:]) {
    goldenMaven.check('goldenReport', config, keys())
    Map result = config.result ?: [:]
    keep(result, goldenMaven.folder(config))
    show(result, goldenMaven.folder(config))
    return result
}

List keys() {
    return ['outputDirectory', 'result']
}

/** What may be done again and again: the description, and the files of all modules. */
def keep(Map result, String folder) {
    describe(result)
    List artifacts = ['css', 'html', 'json', 'properties', 'sarif', 'xml'].collect { kind -> '**/' + folder + '/*.' + kind }
    archiveArtifacts artifacts: artifacts.join(','), allowEmptyArchive: true, fingerprint: true
}

/** One line: what was built or checked, and what it stands on. */
def describe(Map result) {
    if (result.images) {
        currentBuild.description = summary(result)
    }
}

/** What Jenkins counts each time that it is done: once in a build, with JUnit last. */
def show(Map result, String folder) {
    if (fileExists(folder + '/verify.html')) {
        goldenMaven.optional(['publishHTML'], 'the plugin htmlpublisher', 'the report is among the artifacts') {
            publishHTML target: [reportDir: folder, includes: 'verify.html,verify.css', reportFiles: 'verify.html', reportName: 'Golden gate', keepAll: true, alwaysLinkToLastBuild: true, allowMissing: true]
        }
    }
    if (fileExists(folder + '/verify.sarif')) {
        goldenMaven.optional(['recordIssues', 'sarif'], 'the plugin warnings-ng', 'the findings are in the JUnit report') {
            recordIssues tool: sarif(pattern: folder + '/verify.sarif', id: 'golden', name: 'Golden gate'), enabledForFailure: true
        }
    }
    if (result.verdict) {
        goldenMaven.optional(['addSummary'], 'the plugin badge', 'the verdict is in the description') {
            addSummary id: 'golden-gate', icon: 'symbol-shield-checkmark-outline plugin-ionicons-api', text: summary(result)
        }
        goldenMaven.optional(['publishChecks'], 'the plugin checks-api', 'the verdict is in the description') {
            publishChecks name: 'Golden gate', title: result.verdict, summary: summary(result), conclusion: result.verdict == 'pass' ? 'SUCCESS' : 'FAILURE'
        }
    }
    goldenMaven.needed(['junit'], 'The reports need the plugin junit. Install it.') {
        junit testResults: '**/' + folder + '/verify.xml', skipMarkingBuildUnstable: true, allowEmptyResults: true
    }
}

/** Fails the build, in one line, unless everything passed or the caller himself skipped it. */
def require(String step, Map result, skip = false) {
    boolean skipped = skip.toString() == 'true' && !result.verdict
    if (result.status == 0 && (result.verdict == 'pass' || skipped)) {
        return
    }
    error step + ': ' + meaning(result)
}

private String meaning(Map result) {
    Map meanings = [
        refused: 'refused: the policy refuses an image. The report names the rule and its remedy.',
        unknown: 'unknown: something could not be looked at, so nothing passes. Run it again when it is there.',
        misconfigured: 'misconfigured: there was nothing to hold the image to. Name a policy and an image.',
        pass: 'the images pass, and Maven failed after that. Its first ERROR line above says why.',
    ]
    if (result.status == 0 && !result.verdict) {
        return "Maven ended well, and there is no verdict. Take golden.skip and golden.outputDirectory out of the POM, or give the key 'skip' or 'outputDirectory'."
    }
    return meanings[result.verdict] ?: 'Maven failed before a verdict. Its first ERROR line above says why.'
}

private String summary(Map result) {
    List lines = []
    for (image in result.images) {
        String line = image.digest && !image.reference.contains('@') ? image.reference + '@' + image.digest : image.reference
        lines << line + (image.golden ? ' on ' + image.golden : '') + (image.verdict ? ': ' + image.verdict : '')
    }
    return lines.join(', ')
}
