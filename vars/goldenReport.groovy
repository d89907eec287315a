/**
 * Shows what a goal found: the build's description, JUnit, archived and fingerprinted files, and
 * richer reports where their plugins are installed.
 */
def call(Map config = [:]) {
    goldenMaven.check('goldenReport', config, keys())
    Map result = config.result ?: [images: []]
    String folder = config.outputDirectory ?: 'target/golden'
    describe(result)
    if (fileExists(folder + '/verify.xml')) {
        junit testResults: folder + '/verify.xml', skipMarkingBuildUnstable: true, allowEmptyResults: true
    }
    archiveArtifacts artifacts: folder + '/*.json,' + folder + '/*.xml,' + folder + '/*.html,' + folder + '/*.css,' + folder + '/*.sarif,' + folder + '/*.properties', allowEmptyArchive: true, fingerprint: true
    if (fileExists(folder + '/verify.html')) {
        goldenMaven.optional('publishHTML', 'the plugin htmlpublisher', 'the report is among the artifacts') {
            publishHTML target: [reportDir: folder, reportFiles: 'verify.html', reportName: 'Golden gate', keepAll: true, alwaysLinkToLastBuild: true, allowMissing: true]
        }
    }
    if (fileExists(folder + '/verify.sarif')) {
        goldenMaven.optional('recordIssues', 'the plugin warnings-ng', 'the findings are in the JUnit report') {
            recordIssues tool: sarif(pattern: folder + '/verify.sarif', id: 'golden', name: 'Golden gate'), enabledForFailure: true
        }
    }
    if (result.verdict) {
        goldenMaven.optional('addSummary', 'the plugin badge', 'the verdict is in the description') {
            addSummary icon: 'symbol-shield-checkmark-outline plugin-ionicons-api', text: summary(result)
        }
        goldenMaven.optional('publishChecks', 'the plugin checks-api', 'the verdict is in the description') {
            publishChecks name: 'Golden gate', title: result.verdict, summary: summary(result), conclusion: result.verdict == 'pass' ? 'SUCCESS' : 'FAILURE'
        }
    }
    return result
}

List keys() {
    return ['outputDirectory', 'result']
}

/** Fails the build, in one line, unless everything passed. */
def require(String step, Map result) {
    if (result.status == 0) {
        return
    }
    Map meanings = [
        refused: 'the policy refuses an image. The report names the rule and its remedy.',
        unknown: 'something could not be looked at, so nothing passes. Run it again when it is there.',
        misconfigured: 'there was nothing to hold the image to. Name a policy and an image.',
    ]
    String verdict = result.verdict == 'pass' ? '' : result.verdict
    error step + ': ' + (verdict ? verdict + ': ' + meanings[verdict] : 'Maven failed before a verdict. Its first ERROR line above says why.')
}

/** One line: what was built or checked, and what it stands on. */
private def describe(Map result) {
    if (result.images.size() > 0) {
        currentBuild.description = summary(result)
    }
}

private String summary(Map result) {
    List lines = []
    for (image in result.images) {
        String line = image.digest && !image.reference.contains('@') ? image.reference + '@' + image.digest : image.reference
        lines << line + (image.golden ? ' on ' + image.golden : '') + (image.verdict ? ': ' + image.verdict : '')
    }
    return lines.join(', ')
}
