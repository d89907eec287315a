/** The project's own tests: under its JDK, and under others before anything is built. */

/** Runs the project's own code, so it gets no credentials, and a goal that its POM binds pushes nothing. */
def verify(Map config) {
    Map verify = goldenJob.common(config) + [goals: config.goals ?: ['verify']]
    verify.remove('outputDirectory')
    verify.arguments = (config.arguments ?: []) + ['-Dgolden.push=false']
    goldenMaven(verify)
}

/** Each other JDK on an agent of its own, before an image is built that could be pushed. */
def underOtherJdks(Map config) {
    Map branches = [:]
    config.jdks.findAll { jdk -> jdk != config.jdk }.each { jdk ->
        branches['JDK ' + jdk] = { onJdk(config + [jdk: jdk]) }
    }
    if (branches) {
        stage('Verify with other JDKs') {
            parallel branches
        }
    }
}

private def onJdk(Map config) {
    Map shown = [:]
    Closure tests = {
        checkout scm: scm, changelog: false, poll: false
        goldenJob.point(config, 'afterCheckout', [:])
        verify(config)
    }
    goldenAgent(config, tests, { report(shown) })
}

/** Publishes the test reports, once in a build. */
def report(Map shown) {
    retry(count: 3, conditions: [nonresumable()]) {
        goldenReport.once(shown, 'tests') {
            junit testResults: '**/target/surefire-reports/*.xml,**/target/failsafe-reports/*.xml', allowEmptyResults: true
        }
    }
}
