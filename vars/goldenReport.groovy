/**
 * Shows what a goal found: the build's description, JUnit, archived and fingerprinted files, and
 * richer reports where their plugins are installed.
 */
def call(Map config = [:]) {
    goldenKeys.check('goldenReport', config, keys())
    goldenPlugins.require(['junit'])
    Map result = config.result ?: [:]
    keep(result, goldenMaven.folder(config))
    show(result, result.folder ?: goldenMaven.folder(config))
    return result
}

List keys() {
    return ['outputDirectory', 'result']
}

/** The description and the files of all modules: may be repeated in one build. */
def keep(Map result, String folder) {
    describe(result)
    List artifacts = ['css', 'html', 'json', 'properties', 'sarif', 'xml'].collect { kind -> '**/' + folder + '/*.' + kind }
    archiveArtifacts artifacts: artifacts.join(','), allowEmptyArchive: true, fingerprint: true
}

/** One line: what was built or checked and its golden image, or why nothing was. */
def describe(Map result) {
    if (result.images || result.problem) {
        currentBuild.description = goldenVerdict.summary(result)
    }
}

/** The reports that Jenkins counts each time: once in a build, JUnit last. The map remembers what was shown. */
def show(Map result, String folder, Map shown = [:]) {
    if (fileExists(folder + '/verify.html')) {
        plugged(shown, 'publishHTML', 'the plugin htmlpublisher', 'the report is among the artifacts') {
            publishHTML target: [reportDir: folder, includes: 'verify.html,verify.css', reportFiles: 'verify.html', reportName: 'Golden gate', keepAll: true, alwaysLinkToLastBuild: true, allowMissing: true]
        }
    }
    if (fileExists(folder + '/verify.sarif')) {
        plugged(shown, 'recordIssues', 'the plugin warnings-ng', 'the findings are in the JUnit report') {
            recordIssues tool: sarif(pattern: folder + '/verify.sarif', id: 'golden', name: 'Golden gate'), enabledForFailure: true
        }
    }
    if (result.verdict) {
        plugged(shown, 'addSummary', 'the plugin badge', 'the verdict is in the description') {
            addSummary icon(result) + [id: 'golden-gate', text: goldenVerdict.summary(result)]
        }
        plugged(shown, 'publishChecks', 'the plugin checks-api', 'the verdict is in the description') {
            publishChecks name: 'Golden gate', title: result.summary ?: result.verdict, summary: goldenVerdict.summary(result), conclusion: goldenVerdict.isGood(result) ? 'SUCCESS' : 'FAILURE'
        }
    }
    plugged(shown, 'junit', 'the plugin junit', 'the verdict is in the description') {
        junit testResults: '**/' + folder + '/verify.xml', skipMarkingBuildUnstable: true, allowEmptyResults: true
    }
}

private def plugged(Map shown, String step, String plugin, String otherwise, Closure body) {
    once(shown, step) {
        if (goldenPlugins.present(step, plugin, otherwise)) {
            body()
        }
    }
}

/** Runs a body that has not ended well before in this build. */
def once(Map shown, String what, Closure body) {
    if (!shown[what]) {
        body()
        shown[what] = true
    }
}

private Map icon(Map result) {
    return goldenVerdict.isGood(result) ? [icon: 'symbol-shield-checkmark-outline plugin-ionicons-api', cssClass: 'jenkins-!-success-color']
                          : [icon: 'symbol-close-circle-outline plugin-ionicons-api', cssClass: 'jenkins-!-error-color']
}
