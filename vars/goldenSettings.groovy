/** Maven's settings, and where the credentials of the registries are. */

/** The settings file of the team, and one that tells Maven where the registries' credentials are. */
def withSettings(Map config, boolean unix, Closure body) {
    Map credentials = (config.credentials ?: [:]).collectEntries { host, id -> [host.toString(), id.toString()] }
    if (!config.settings) {
        withRegistries(credentials, unix, '', body)
        return
    }
    configFileProvider([configFile(fileId: config.settings.toString(), variable: 'GOLDEN_SETTINGS')]) {
        withRegistries(credentials, unix, unix ? ' -s "$GOLDEN_SETTINGS"' : ' -s "%GOLDEN_SETTINGS%"', body)
    }
}

private def withRegistries(Map credentials, boolean unix, String options, Closure body) {
    if (credentials.isEmpty()) {
        body(options)
        return
    }
    String servers = ''
    int number = 0
    for (host in credentials.keySet()) {
        servers += '<server><id>' + host + '</id><username>${env.GOLDEN_USER_' + number + '}</username><password>${env.GOLDEN_PASSWORD_' + number + '}</password></server>'
        number++
    }
    String file = registriesFile('<settings><servers>' + servers + '</servers></settings>')
    withEnv(['GOLDEN_REGISTRIES=' + file]) {
        withCredentials(bindings(credentials)) {
            body(options + (unix ? ' -gs "$GOLDEN_REGISTRIES"' : ' -gs "%GOLDEN_REGISTRIES%"'))
        }
    }
}

private List bindings(Map credentials) {
    List bindings = []
    int number = 0
    for (host in credentials.keySet()) {
        bindings << usernamePassword(credentialsId: credentials[host].toString(), usernameVariable: 'GOLDEN_USER_' + number, passwordVariable: 'GOLDEN_PASSWORD_' + number)
        number++
    }
    return bindings
}

/** Named by what is in it: branches of one workspace with other registries do not write over it. */
private String registriesFile(String text) {
    String file = pwd(tmp: true) + '/golden-registries-' + text.hashCode() + '.xml'
    if (!fileExists(file)) {
        writeFile file: file, text: text
    }
    return file
}
