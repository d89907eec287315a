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

/** What may be done again and again: the description, and the files of all modules. */
def keep(Map result, String folder) {
    describe(result)
    List artifacts = ['css', 'html', 'json', 'properties', 'sarif', 'xml'].collect { kind -> '**/' + folder + '/*.' + kind }
    archiveArtifacts artifacts: artifacts.join(','), allowEmptyArchive: true, fingerprint: true
}

/** One line: what was built or checked, and what it stands on; or why nothing was. */
def describe(Map result) {
    if (result.images || result.problem) {
        currentBuild.description = summary(result)
    }
}

/** What Jenkins counts each time that it is done: once in a build, with JUnit last; what was shown is remembered in a map. */
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
            addSummary icon(result) + [id: 'golden-gate', text: summary(result)]
        }
        plugged(shown, 'publishChecks', 'the plugin checks-api', 'the verdict is in the description') {
            publishChecks name: 'Golden gate', title: result.summary ?: result.verdict, summary: summary(result), conclusion: isGood(result) ? 'SUCCESS' : 'FAILURE'
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

/** Shows what was not shown yet; what broke before its end was not. */
def once(Map shown, String what, Closure body) {
    if (!shown[what]) {
        body()
        shown[what] = true
    }
}

private boolean isGood(Map result) {
    return result.verdict == 'pass' && !result.problem
}

private Map icon(Map result) {
    return isGood(result) ? [icon: 'symbol-shield-checkmark-outline plugin-ionicons-api', cssClass: 'jenkins-!-success-color']
                          : [icon: 'symbol-close-circle-outline plugin-ionicons-api', cssClass: 'jenkins-!-error-color']
}

/** Fails the build, in one line, unless everything passed or the caller himself skipped it. */
def require(String step, Map result, skip = false) {
    boolean skipped = skip.toString() == 'true' && !result.verdict
    if (result.status == 0 && (result.verdict == 'pass' || skipped)) {
        return
    }
    failed(step, result)
}

/** Ends the build with the plugin's own sentence, where it left one. */
def failed(String step, Map result) {
    error step + ': ' + (result.problem ? result.problem + ' ' + result.remedy : meaning(result))
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
    return meanings[result.verdict] ?: 'Maven failed. Its first ERROR line above says why.'
}

/** For people: short names, the images that do not pass first, and as many as fit a line. */
String summary(Map result) {
    List images = result.images.findAll { image -> image.verdict != 'pass' } + result.images.findAll { image -> image.verdict == 'pass' }
    if (images.isEmpty() || (result.problem && result.verdict == 'pass')) {
        return cut((result.verdict && result.verdict != 'pass' ? result.verdict + ': ' : '') + (result.problem ?: ''))
    }
    if (images.size() > 3 && result.summary) {
        List blocked = images.findAll { image -> image.verdict != 'pass' }.take(3).collect { image -> shortened(pinned(image)) }
        return cut(result.summary + (blocked ? ': ' + blocked.join(', ') : ''))
    }
    List lines = []
    for (image in images.take(3)) {
        lines << shortened(pinned(image)) + (image.golden ? ' on ' + shortened(image.golden) : '') + (image.verdict ? ': ' + (image.summary ?: image.verdict) : '')
    }
    return lines.join(', ') + (images.size() > 3 ? ' and ' + (images.size() - 3) + ' more' : '')
}

/** Exactly the bytes that were built, whatever the tag says by now. */
String pinned(Map image) {
    return image.digest && !image.reference.contains('@') ? image.reference + '@' + image.digest : image.reference
}

/** Without its host, twelve digits of its digest, the end of a long path. */
@NonCPS
String shortened(String reference) {
    int at = reference.indexOf('@sha256:')
    String name = at < 0 ? reference : reference.substring(0, at)
    String digest = at < 0 ? '' : '@' + reference.substring(at + 8)
    List parts = name.replace('\\', '/').split('/').toList()
    String first = parts[0]
    if (first.startsWith('oci:')) {
        name = parts.size() > 4 ? 'oci:.../' + parts.subList(parts.size() - 3, parts.size()).join('/') : name
    } else if (parts.size() > 1 && (first.contains('.') || first.contains(':') || first == 'localhost')) {
        name = name.substring(first.length() + 1)
    }
    return name + (digest.length() > 13 ? digest.substring(0, 13) : digest)
}

@NonCPS
private String cut(String sentence) {
    String text = sentence.replaceAll('sha256:([0-9a-f]{12})[0-9a-f]{52}', 'sha256:$1')
    return text.length() > 160 ? text.substring(0, 157) + '...' : text
}
