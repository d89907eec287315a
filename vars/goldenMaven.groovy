/**
 * The one door to Maven: every other step comes through here. It turns a map into one command line,
 * runs it with sh or bat, and reads what the goal left in result.properties.
 *
 * A value never becomes part of the command's text: the text names variables, withEnv sets them.
 */

/** The keys that every step takes besides those of its goal. */
List keys() {
    return ['arguments', 'credentials', 'jdk', 'maven', 'pluginVersion', 'settings', 'timeout']
}

/** Runs Maven's phases or goals, such as goldenMaven(goals: ['verify']); a failure fails the build. */
def call(Map config = [:]) {
    check('goldenMaven', config, ['goals'] + keys())
    List goals = list('goldenMaven', 'goals', config.goals ?: ['verify'])
    int status = mvn(config, goals, [:])
    if (status != 0) {
        error 'goldenMaven: Maven ended with ' + status + '. Its first ERROR line above says why.'
    }
    return [status: status]
}

/**
 * Runs one goal of the plugin and reads its result; never fails because of a verdict.
 *
 * @param step the step that a user wrote, for messages
 * @param goal the plugin's goal
 * @param known the goal's parameters, which are the step's keys
 */
Map goal(String step, String goal, List known, Map config) {
    check(step, config, known + keys())
    Map properties = [:]
    for (key in known) {
        if (config.containsKey(key) && config[key] != null) {
            properties[key] = text(step, key, config[key])
        }
    }
    String coordinates = 'io.github.goldenmaven:golden-maven-plugin:'
    if (config.pluginVersion) {
        coordinates += plain(step, 'pluginVersion', config.pluginVersion) + ':'
    }
    int status = mvn(config, [coordinates + goal], properties)
    return result(status, config.outputDirectory ?: '')
}

/** Runs a body under a lock, or without one where the plugin for it is absent. */
def locked(String resource, Closure body) {
    boolean started = false
    try {
        lock(resource) {
            started = true
            body()
        }
    } catch (NoSuchMethodError missing) {
        if (started) {
            throw missing
        }
        absent('lock', 'the plugin lockable-resources', 'nothing keeps two builds apart')
        body()
    }
}

/** Runs a step that a Jenkins may lack. */
def optional(String step, String plugin, String otherwise, Closure body) {
    try {
        body()
    } catch (NoSuchMethodError missing) {
        if (!missing.message.contains("'" + step + "'")) {
            throw missing
        }
        absent(step, plugin, otherwise)
    }
}

def absent(String step, String plugin, String otherwise) {
    echo 'Golden Maven: ' + plugin + ' is not installed, so there is no ' + step + ': ' + otherwise + '.'
}

/** Refuses a key that nobody knows, with the nearest one that somebody does. */
def check(String step, Map config, List known) {
    for (key in config.keySet()) {
        if (!known.contains(key)) {
            error step + " has no key '" + key + "'. Did you mean '" + nearest(key.toString(), known) + "'? Known: " + known.toSorted().join(', ') + '.'
        }
    }
}

private int mvn(Map config, List goals, Map properties) {
    boolean unix = isUnix()
    List environment = []
    String command = maven(unix) + ' -B -ntp'
    List values = []
    values.addAll(list('goldenMaven', 'arguments', config.arguments ?: []))
    for (key in properties.keySet()) {
        values << '-Dgolden.' + key + '=' + properties[key]
    }
    for (goal in goals) {
        values << goal
    }
    for (int i = 0; i < values.size(); i++) {
        environment << 'GOLDEN_ARGUMENT_' + i + '=' + shellSafe(unix, values[i].toString())
        command += unix ? ' "$GOLDEN_ARGUMENT_' + i + '"' : ' "%GOLDEN_ARGUMENT_' + i + '%"'
    }
    int status = 0
    withTools(config) {
        withSettings(config, unix) { options ->
            withEnv(environment) {
                limited(config) {
                    forget(unix, config.outputDirectory ?: '')
                    status = unix ? sh(script: command + options, returnStatus: true)
                                  : bat(script: '@' + command + options, returnStatus: true)
                }
            }
        }
    }
    return status
}

private String maven(boolean unix) {
    if (unix) {
        return fileExists('mvnw') ? 'sh ./mvnw' : 'mvn'
    }
    return 'call ' + (fileExists('mvnw.cmd') ? 'mvnw.cmd' : 'mvn')
}

private def limited(Map config, Closure body) {
    timeout(time: number('timeout', config.timeout ?: 60), unit: 'MINUTES') {
        body()
    }
}

/** A JDK and a Maven by the names that they have in Jenkins' tools. */
private def withTools(Map config, Closure body) {
    List environment = []
    if (config.jdk) {
        String home = tool(name: config.jdk.toString(), type: 'jdk')
        environment << 'JAVA_HOME=' + home
        environment << 'PATH+GOLDEN_JDK=' + home + '/bin'
    }
    if (config.maven) {
        String home = tool(name: config.maven.toString(), type: 'maven')
        environment << 'PATH+GOLDEN_MAVEN=' + home + '/bin'
    }
    withEnv(environment) {
        body()
    }
}

/** The settings file of the team, and one that tells Maven where the registries' credentials are. */
private def withSettings(Map config, boolean unix, Closure body) {
    def credentials = config.credentials ?: [:]
    if (!(credentials instanceof Map)) {
        error "The key 'credentials' takes a map from a registry's host to the id of its credentials."
    }
    if (!config.settings) {
        withRegistries(credentials, unix, '', body)
        return
    }
    boolean started = false
    try {
        configFileProvider([configFile(fileId: config.settings.toString(), variable: 'GOLDEN_SETTINGS')]) {
            started = true
            withRegistries(credentials, unix, unix ? ' -s "$GOLDEN_SETTINGS"' : ' -s "%GOLDEN_SETTINGS%"', body)
        }
    } catch (NoSuchMethodError missing) {
        if (started) {
            throw missing
        }
        error "The key 'settings' needs the plugin config-file-provider. Install it, or leave the key out."
    }
}

private def withRegistries(Map credentials, boolean unix, String options, Closure body) {
    if (credentials.isEmpty()) {
        body(options)
        return
    }
    List bindings = []
    String servers = ''
    int number = 0
    for (host in credentials.keySet()) {
        String name = plain('goldenMaven', 'credentials', host)
        bindings << usernamePassword(credentialsId: credentials[host].toString(), usernameVariable: 'GOLDEN_USER_' + number, passwordVariable: 'GOLDEN_PASSWORD_' + number)
        servers += '<server><id>' + name + '</id><username>${env.GOLDEN_USER_' + number + '}</username><password>${env.GOLDEN_PASSWORD_' + number + '}</password></server>'
        number++
    }
    String file = pwd(tmp: true) + '/golden-registries.xml'
    writeFile file: file, text: '<settings><servers>' + servers + '</servers></settings>'
    withEnv(['GOLDEN_REGISTRIES=' + file]) {
        withCredentials(bindings) {
            body(options + (unix ? ' -gs "$GOLDEN_REGISTRIES"' : ' -gs "%GOLDEN_REGISTRIES%"'))
        }
    }
}

/** A result of an earlier run must not be taken for this one's. */
private def forget(boolean unix, String folder) {
    if (unix) {
        sh 'find . -path "*/target/golden/result.properties" -exec rm -f {} +'
    } else {
        bat '@for /d %%d in (. *) do @if exist "%%d\\target\\golden\\result.properties" del /q "%%d\\target\\golden\\result.properties"'
    }
    if (folder && fileExists(folder + '/result.properties')) {
        writeFile file: folder + '/result.properties', text: ''
    }
}

private Map result(int status, String folder) {
    Map result = [status: status, verdict: '', images: []]
    for (file in resultFiles(folder)) {
        Map properties = parse(readFile(file: file, encoding: 'UTF-8'))
        result.verdict = properties['golden.verdict'] ?: result.verdict
        for (int i = 1; properties['golden.image.' + i + '.reference']; i++) {
            String prefix = 'golden.image.' + i + '.'
            result.images << [
                reference: properties[prefix + 'reference'],
                digest: properties[prefix + 'digest'] ?: '',
                verdict: properties[prefix + 'verdict'] ?: '',
                golden: properties[prefix + 'golden'] ?: properties['golden.base.reference'] ?: '',
            ]
        }
        if (properties['golden.promoted.reference']) {
            result.promoted = properties['golden.promoted.reference']
        }
    }
    return result
}

private List resultFiles(String folder) {
    if (folder) {
        return fileExists(folder + '/result.properties') ? [folder + '/result.properties'] : []
    }
    if (fileExists('target/golden/result.properties')) {
        return ['target/golden/result.properties']
    }
    String listed = isUnix() ? sh(script: 'find . -path "*/target/golden/result.properties" | sort', returnStdout: true)
                             : bat(script: '@for /d %%d in (*) do @if exist "%%d\\target\\golden\\result.properties" @echo %%d/target/golden/result.properties', returnStdout: true)
    List files = []
    for (line in listed.split('\n').toList()) {
        if (line.trim()) {
            files << line.trim()
        }
    }
    return files
}

private Map parse(String text) {
    Map properties = [:]
    for (line in text.split('\n').toList()) {
        int equals = line.indexOf('=')
        if (equals > 0) {
            properties[line.substring(0, equals)] = line.substring(equals + 1).trim()
        }
    }
    return properties
}

private String text(String step, String key, value) {
    if (value instanceof List) {
        return value.join(',')
    }
    if (value instanceof Map || value instanceof Closure) {
        error step + ": the key '" + key + "' takes a text, a number, a boolean or a list."
    }
    return value.toString()
}

List list(String step, String key, value) {
    if (!(value instanceof List)) {
        error step + ": the key '" + key + "' takes a list of texts, such as ['verify']."
    }
    return value
}

private int number(String key, value) {
    if (!value.toString().isInteger() || value.toString().toInteger() < 1) {
        error "The key '" + key + "' takes a number of minutes from 1, not '" + value + "'."
    }
    return value.toString().toInteger()
}

/** A word that may stand in a file or in coordinates. */
private String plain(String step, String key, value) {
    String word = value.toString()
    for (int i = 0; i < word.length(); i++) {
        if (!'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:'.contains(word.substring(i, i + 1))) {
            error step + ": the key '" + key + "' takes letters, digits and . - _ : only, not '" + word + "'."
        }
    }
    return word
}

/** Windows reads the values of variables as part of the command, so these letters could end it. */
private String shellSafe(boolean unix, String value) {
    if (!unix) {
        for (letter in ['"', '%', '!', '&', '|', '<', '>', '^', '\n', '\r']) {
            if (value.contains(letter)) {
                error "On Windows no value may hold " + letter.trim() + ": '" + value + "'."
            }
        }
    }
    return value
}

@NonCPS
private String nearest(String word, List known) {
    String best = ''
    int least = 1000
    for (candidate in known) {
        int distance = distance(word, candidate.toString())
        if (distance < least) {
            least = distance
            best = candidate
        }
    }
    return best
}

@NonCPS
private int distance(String one, String other) {
    List row = []
    for (int j = 0; j <= other.length(); j++) {
        row << j
    }
    for (int i = 1; i <= one.length(); i++) {
        int diagonal = row[0]
        row[0] = i
        for (int j = 1; j <= other.length(); j++) {
            int change = one.substring(i - 1, i) == other.substring(j - 1, j) ? diagonal : diagonal + 1
            diagonal = row[j]
            int step = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1
            row[j] = change < step ? change : step
        }
    }
    return row[other.length()]
}
