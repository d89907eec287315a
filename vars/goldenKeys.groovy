/** Checks the keys of all steps, by name and type, before anything runs. */

/** Refuses an unknown key, and a value that its key does not take. */
def check(String step, Map config, List known, Map more = [:]) {
    if (config == null) {
        error step + " was given null instead of its keys. Leave it out, or give a map."
    }
    unknown(step, config, known)
    Map all = goldenTypes.all() + more
    for (key in config.keySet()) {
        String takes = all[key] ?: 'a text, a number, a boolean or a list'
        if (config[key] != null && !goldenTypes.fits(takes, config[key])) {
            error step + ": the key '" + key + "' takes " + takes + given(config[key]) + '.'
        }
    }
    for (argument in (config.arguments ?: [])) {
        if (argument.toString().startsWith('-Dgolden.outputDirectory')) {
            error step + ": '" + argument + "' would hide the results. Give the key 'outputDirectory' instead of the argument."
        }
    }
}

/** Refuses an unknown key and names the nearest known one. */
def unknown(String step, Map config, List known) {
    for (key in config.keySet()) {
        if (!known.contains(key)) {
            error step + " has no key '" + key + "'. Did you mean '" + goldenText.nearest(key.toString(), known) + "'? Known: " + known.toSorted().join(', ') + '.'
        }
    }
}

private String given(value) {
    return goldenTypes.isSimple(value) ? ", not '" + value + "'" : ''
}
