/**
 * Runs work on an agent, and once more if the agent is lost or a restart of the controller ended a
 * step. The reports come after the last attempt, and never hide the first failure.
 */
Map call(Map config, Closure work, Closure reports) {
    Map run = [tries: 0, again: false, failed: null, result: [:]]
    retry(count: 2, conditions: conditions(config)) {
        attempt(config, run, work, reports)
    }
    if (run.again) {
        attempt(config, run, work, reports)
    }
    return run.result
}

Map call(Map config, Closure work) {
    return call(config, work) { }
}

/**
 * The inner retry runs its body again only for a failure of its conditions. So it decides, and no text
 * of a message, whether the work is to be tried again.
 */
private def attempt(Map config, Map run, Closure work, Closure reports) {
    onNode(config) {
        run.tries++
        run.again = false
        run.failed = null
        try {
            retry(count: 2, conditions: conditions(config)) {
                if (run.failed) {
                    run.again = true
                } else {
                    once(run, work)
                }
            }
        } catch (Throwable failed) {
            if (run.failed) {
                afterwards(reports)
            }
            throw failed
        }
        if (run.again && run.tries > 1) {
            throw run.failed
        }
        if (!run.again) {
            reports()
        }
    }
}

private def once(Map run, Closure work) {
    try {
        // A body may end in any step, and Jenkins casts what a typed variable is given.
        def last = work()
        run.result = last instanceof Map ? last : [:]
    } catch (Throwable failed) {
        run.failed = failed
        throw failed
    }
}

/** Shows the reports of a failed attempt; the build still ends with the failure itself. */
private def afterwards(Closure reports) {
    try {
        reports()
    } catch (Exception second) {
        echo 'Golden Maven: not all reports could be shown: ' + second.message
    }
}

private List conditions(Map config) {
    return config.kubernetes ? [kubernetesAgent(), agent(), nonresumable()] : [agent(), nonresumable()]
}

/** An agent by its label, or a pod of Kubernetes by its label or of a template. */
private def onNode(Map config, Closure body) {
    Map pod = config.kubernetes ?: [:]
    if (pod.isEmpty() || pod.label) {
        node(pod.label ?: config.agent ?: '') {
            inside(pod, body)
        }
        return
    }
    podTemplate(pod.findAll { key, value -> key != 'container' }) {
        node(env.POD_LABEL) {
            inside(pod, body)
        }
    }
}

private def inside(Map pod, Closure body) {
    if (pod.container) {
        container(pod.container) {
            body()
        }
    } else {
        body()
    }
}
