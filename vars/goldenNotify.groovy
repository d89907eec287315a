import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/**
 * Tells a team how a body ended. What goes wrong in telling is told in the log: it neither hides what
 * went wrong first nor makes a good build a bad one.
 */
def call(Map closures, Map found, Closure body) {
    try {
        body()
    } catch (Throwable failed) {
        String result = failed instanceof FlowInterruptedException ? 'ABORTED' : 'FAILURE'
        tell(closures, found.gate + [result: result, error: failed.message ?: failed.toString()])
        throw failed
    }
    tell(closures, found.gate + [result: currentBuild.currentResult, error: ''])
}

private def tell(Map closures, Map told) {
    for (name in [told.result == 'SUCCESS' ? 'onSuccess' : 'onFailure', 'always']) {
        if (closures[name]) {
            one(name, closures[name], told)
        }
    }
}

private def one(String name, Closure closure, Map told) {
    try {
        retry(count: 2, conditions: [nonresumable()]) {
            closure(told)
        }
    } catch (Throwable failed) {
        if (failed instanceof FlowInterruptedException && !told.error) {
            throw failed
        }
        echo "Golden Maven: the closure '" + name + "' of notify ended with: " + failed.message
    }
}
