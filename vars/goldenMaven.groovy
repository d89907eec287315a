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

/**
 * What a key takes, in the words of its refusal; what is not here takes a simple value or a list of
 * them. The one table for all steps.
 */
Map types() {
    return [
        agent: 'a text',
        approvalTimeout: 'a number of minutes from 1',
        arguments: "a list of texts, such as ['-Pci']",
        credentials: "a map from a registry's host to the id of its credentials",
        goals: "a list of texts, such as ['verify']",
        jdk: 'a text',
        maven: 'a text',
        outputDirectory: "a folder in the workspace, such as 'target/golden', of letters without spaces or signs",
        pluginVersion: 'letters, digits and . - _ : only',
        pullCredentials: "a map from a registry's host to the id of its credentials",
        releaseBranches: "a list of texts, such as ['release/*']",
        result: 'a map, which a step returned',
        settings: 'a text',
        stages: 'a map from a point to a closure',
        timeout: 'a number of minutes from 1',
    ]
}

/** Runs Maven's phases or goals, such as goldenMaven(goals: ['verify']); a failure fails the build. */
def call(Map config = [:]) {
    check('goldenMaven', config, ['goals'] + keys())
    int status = mvn(config, config.goals ?: ['verify'], [:])
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
            properties[key] = config[key] instanceof List ? config[key].join(',') : config[key].toString()
        }
    }
    String coordinates = 'io.github.goldenmaven:golden-maven-plugin:'
    if (config.pluginVersion) {
        coordinates += config.pluginVersion + ':'
    }
    int status = mvn(config, [coordinates + goal], properties)
    return result(status, folder(config))
}

/** Where a goal leaves its results. */
String folder(Map config) {
    return config.outputDirectory ?: 'target/golden'
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

/** Runs a step that a Jenkins may lack; the others among the names are the symbols it needs. */
def optional(List names, String plugin, String otherwise, Closure body) {
    try {
        body()
    } catch (NoSuchMethodError missing) {
        if (!names.any { name -> missing.message.contains("'" + name + "'") }) {
            throw missing
        }
        absent(names[0], plugin, otherwise)
    }
}

/** Runs a step that cannot be done without; where its plugin is absent, the message says what to do. */
def needed(List names, String message, Closure body) {
    try {
        body()
    } catch (NoSuchMethodError missing) {
        if (!names.any { name -> missing.message.contains("'" + name + "'") }) {
            throw missing
        }
        error message
    }
}

private def absent(String step, String plugin, String otherwise) {
    echo 'Golden Maven: ' + plugin + ' is not installed, so there is no ' + step + ': ' + otherwise + '.'
}

/** Refuses a key that nobody knows, and a value that its key does not take, before anything is done. */
def check(String step, Map config, List known, Map more = [:]) {
    if (config == null) {
        error step + " was given null in place of its keys. Leave it out, or give a map."
    }
    unknown(step, config, known)
    Map all = types() + more
    for (key in config.keySet()) {
        String takes = all[key] ?: 'a text, a number, a boolean or a list'
        if (config[key] != null && !fits(takes, config[key])) {
            error step + ": the key '" + key + "' takes " + takes + given(config[key]) + '.'
        }
    }
    for (argument in (config.arguments ?: [])) {
        if (argument.toString().startsWith('-Dgolden.outputDirectory')) {
            error step + ": '" + argument + "' would hide the results. Give the key 'outputDirectory' in place of the argument."
        }
    }
}

/** Refuses a key that nobody knows, with the nearest one that somebody does. */
def unknown(String step, Map config, List known) {
    for (key in config.keySet()) {
        if (!known.contains(key)) {
            error step + " has no key '" + key + "'. Did you mean '" + nearest(key.toString(), known) + "'? Known: " + known.toSorted().join(', ') + '.'
        }
    }
}

private String given(value) {
    return isSimple(value) ? ", not '" + value + "'" : ''
}

private boolean isSimple(value) {
    return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
}

/** Whether a value is what the words say. */
private boolean fits(String takes, value) {
    if (takes.startsWith('a map from a registry')) {
        return value instanceof Map && value.keySet().every { host -> isPlain(host.toString()) } && value.values().every { id -> isSimple(id) }
    }
    if (takes.startsWith('a map from a point')) {
        return value instanceof Map && value.values().every { body -> body instanceof Closure }
    }
    if (takes.startsWith('a map')) {
        return value instanceof Map
    }
    if (takes.startsWith('a list')) {
        return value instanceof List && value.every { one -> one instanceof CharSequence }
    }
    if (takes == 'a text') {
        return value instanceof CharSequence
    }
    if (takes.startsWith('a number')) {
        return value.toString().isInteger() && value.toString().toInteger() > 0
    }
    if (takes.startsWith('a folder')) {
        return value instanceof CharSequence && isFolder(value.toString())
    }
    if (takes.startsWith('letters')) {
        return isSimple(value) && isPlain(value.toString())
    }
    return isSimple(value) || (takes.endsWith('or a list') && value instanceof List && value.every { one -> isSimple(one) })
}

/** A word that may stand in a file or in coordinates. */
@NonCPS
private boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
        if (!'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:'.contains(word.substring(i, i + 1))) {
            return false
        }
    }
    return word.length() > 0
}

/** A path below the workspace that means itself to a shell, to find, and in a list of patterns. */
@NonCPS
private boolean isFolder(String path) {
    for (int i = 0; i < path.length(); i++) {
        if (' \t\n\r\\*?[](){}<>:;,=\'"`$%!&|^~'.contains(path.substring(i, i + 1))) {
            return false
        }
    }
    // Each folder has one spelling: an old result under another one would not be found and deleted.
    return path.length() > 0 && !path.endsWith('/') && !path.split('/').toList().any { part -> part == '' || part == '.' || part == '..' }
}

private int mvn(Map config, List goals, Map properties) {
    boolean unix = isUnix()
    List environment = []
    String command = maven(config, unix) + ' -B -ntp'
    List values = []
    values.addAll(config.arguments ?: [])
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
    environment << 'GOLDEN_FOLDER=' + (unix ? folder(config) : folder(config).replace('/', '\\'))
    int status = 0
    withTools(config) {
        withSettings(config, unix) { options ->
            withEnv(environment) {
                limited(config) {
                    forget(unix)
                    status = unix ? sh(script: command + options, returnStatus: true)
                                  : bat(script: '@' + command + options, returnStatus: true)
                }
            }
        }
    }
    return status
}

/** The Maven that is asked for; else the project's wrapper; else the agent's. */
private String maven(Map config, boolean unix) {
    if (config.maven) {
        return unix ? 'mvn' : 'call mvn'
    }
    if (unix) {
        return fileExists('mvnw') ? 'sh ./mvnw' : 'mvn'
    }
    return 'call ' + (fileExists('mvnw.cmd') ? 'mvnw.cmd' : 'mvn')
}

private def limited(Map config, Closure body) {
    timeout(time: (config.timeout ?: 60).toString().toInteger(), unit: 'MINUTES') {
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
    Map credentials = config.credentials ?: [:]
    if (!config.settings) {
        withRegistries(credentials, unix, '', body)
        return
    }
    needed(['configFileProvider', 'configFile'], "The key 'settings' needs the plugin config-file-provider. Install it, or leave the key out.") {
        configFileProvider([configFile(fileId: config.settings.toString(), variable: 'GOLDEN_SETTINGS')]) {
            withRegistries(credentials, unix, unix ? ' -s "$GOLDEN_SETTINGS"' : ' -s "%GOLDEN_SETTINGS%"', body)
        }
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
        needed(['withCredentials', 'usernamePassword'], "The key 'credentials' needs the plugin credentials-binding. Install it, or leave the key out.") {
            withCredentials(bindings(credentials)) {
                body(options + (unix ? ' -gs "$GOLDEN_REGISTRIES"' : ' -gs "%GOLDEN_REGISTRIES%"'))
            }
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

/** What a goal tells of its run, besides the image itself. */
private List written() {
    return ['promote.json', 'result.properties', 'verify.css', 'verify.html', 'verify.json', 'verify.sarif', 'verify.xml']
}

/** What an earlier run left, in a module too, must not be taken for this one's. */
private def forget(boolean unix) {
    if (unix) {
        sh 'find . -path "*/$GOLDEN_FOLDER/*" \\( -name ' + written().join(' -o -name ') + ' \\) -exec rm -f {} +'
    } else {
        bat '@for /r %%f in (' + written().collect { name -> '%GOLDEN_FOLDER%\\' + name }.join(' ') + ') do @if exist "%%f" del /q "%%f"'
    }
}

private Map result(int status, String folder) {
    Map result = [status: status, verdict: '', images: []]
    for (file in resultFiles(folder)) {
        Map properties = parsed(readFile(file: file, encoding: 'UTF-8'))
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

/** The project's own result, else those of its modules. */
private List resultFiles(String folder) {
    if (fileExists(folder + '/result.properties')) {
        return [folder + '/result.properties']
    }
    boolean unix = isUnix()
    String listed = ''
    withEnv(['GOLDEN_FOLDER=' + (unix ? folder : folder.replace('/', '\\'))]) {
        listed = unix ? sh(script: 'find . -path "*/$GOLDEN_FOLDER/result.properties" | sort', returnStdout: true)
                      : bat(script: '@for /r %%f in (%GOLDEN_FOLDER%\\result.properties) do @if exist "%%f" @echo %%f', returnStdout: true)
    }
    return listed.split('\n').toList().collect { line -> line.trim() }.findAll { line -> line }
}

/** The lines of a file of properties, as the plugin writes them: a backslash and letters beyond ASCII are escaped. */
@NonCPS
private Map parsed(String text) {
    Map properties = [:]
    for (line in text.split('\n')) {
        int equals = line.indexOf('=')
        if (equals > 0) {
            properties[line.substring(0, equals)] = unescaped(line.substring(equals + 1).trim())
        }
    }
    return properties
}

@NonCPS
private String unescaped(String value) {
    String plain = ''
    for (int i = 0; i < value.length(); i++) {
        boolean escaped = value.substring(i, i + 1) == '\\' && i + 1 < value.length()
        if (escaped && value.startsWith('u', i + 1)) {
            plain += (char) Integer.parseInt(value.substring(i + 2, i + 6), 16)
            i += 5
        } else {
            i += escaped ? 1 : 0
            plain += value.substring(i, i + 1)
        }
    }
    return plain
}

/** Windows reads the values of variables as part of the command, so these letters could end it. */
private String shellSafe(boolean unix, String value) {
    if (!unix) {
        for (letter in ['"', '%', '!', '&', '|', '<', '>', '^', '\n', '\r']) {
            if (value.contains(letter)) {
                error "On Windows no value may hold " + letter.trim() + ": '" + value + "'."
            }
        }
        if (value.endsWith('\\')) {
            error "On Windows no value may end in \\, which would take the next one in: '" + value + "'. Leave it out."
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
