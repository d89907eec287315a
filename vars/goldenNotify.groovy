import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/**
 * Runs the closures of the key notify when a body has ended. A closure that fails is named in the log:
 * it neither hides the body's own failure nor makes a good build fail.
 */
def call(Map closures, Map found, Closure body) {
    try {
        body()
    } catch (Throwable failed) {
        String result = failed instanceof FlowInterruptedException ? 'ABORTED' : 'FAILURE'
        runClosures(closures, found.gate + [result: result, error: failed.message ?: failed.toString()])
        throw failed
    }
    runClosures(closures, found.gate + [result: currentBuild.currentResult, error: ''])
}

private def runClosures(Map closures, Map result) {
    for (name in [result.result == 'SUCCESS' ? 'onSuccess' : 'onFailure', 'always']) {
        if (closures[name]) {
            runClosure(name, closures[name], result)
        }
    }
}

private def runClosure(String name, Closure closure, Map result) {
    try {
        retry(count: 2, conditions: [nonresumable()]) {
            closure(result)
        }
    } catch (Throwable failed) {
        if (failed instanceof FlowInterruptedException && !result.error) {
            throw failed
        }
        echo "Golden Maven: the closure '" + name + "' of notify ended with: " + failed.message
    }
}
