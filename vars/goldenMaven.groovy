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
    goldenKeys.check('goldenMaven', config, ['goals'] + keys())
    goldenPlugins.require(goldenPlugins.needed(config))
    int status = mvn(config, config.goals ?: ['verify'], [:])
    if (status != 0) {
        error 'goldenMaven: Maven ended with ' + status + '. Its first ERROR line above says why.'
    }
    return [status: status]
}

/**
 * Runs goals of the plugin in one start of Maven and reads what they left; never fails because of a verdict.
 *
 * @param step the step that a user wrote, for messages
 * @param goals the plugin's goals
 * @param known their parameters, which are the step's keys
 */
Map goals(String step, List goals, List known, Map config) {
    goldenKeys.check(step, config, known + keys())
    goldenPlugins.require(goldenPlugins.needed(config))
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
    int status = mvn(config, goals.collect { goal -> coordinates + goal }, properties)
    return result(status, folder(config))
}

/** Where a goal leaves its results. */
String folder(Map config) {
    return config.outputDirectory ?: 'target/golden'
}

private int mvn(Map config, List goals, Map properties) {
    boolean unix = isUnix()
    List environment = []
    String command = maven(config, unix) + ' -B -ntp -Dstyle.color=never'
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
                    status = unix ? sh(label: label(goals), script: command + options, returnStatus: true)
                                  : bat(label: label(goals), script: '@' + command + options, returnStatus: true)
                }
            }
        }
    }
    return status
}

/** What the log and the pictures of a pipeline call a run. */
private String label(List goals) {
    return 'mvn ' + goals.collect { goal -> goal.toString().replace('io.github.goldenmaven:golden-maven-plugin:', 'golden:') }.join(' ')
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

/** What a goal tells of its run, besides the image itself. */
private List written() {
    return ['promote.json', 'result.properties', 'verify.css', 'verify.csv', 'verify.html', 'verify.json', 'verify.sarif', 'verify.xml']
}

/** What an earlier run left, in a module too, must not be taken for this one's. */
private def forget(boolean unix) {
    if (unix) {
        sh label: 'forget earlier results', script: 'find . -path "*/$GOLDEN_FOLDER/*" \\( -name ' + written().join(' -o -name ') + ' \\) -exec rm -f {} +'
    } else {
        bat label: 'forget earlier results', script: '@for /r %%f in (' + written().collect { name -> '%GOLDEN_FOLDER%\\' + name }.join(' ') + ') do @if exist "%%f" del /q "%%f"'
    }
}

private Map result(int status, String folder) {
    Map result = [status: status, verdict: '', summary: '', images: [], goal: '', problem: '', remedy: '', folder: folder]
    for (file in resultFiles(folder)) {
        add(result, parsed(readFile(file: file, encoding: 'UTF-8')), file)
    }
    return result
}

@NonCPS
private void add(Map result, Map properties, String file) {
    result.verdict = properties['golden.verdict'] ?: result.verdict
    result.summary = properties['golden.summary'] ?: result.summary
    for (int i = 1; properties['golden.image.' + i + '.reference']; i++) {
        String prefix = 'golden.image.' + i + '.'
        result.images << [
            reference: properties[prefix + 'reference'],
            digest: properties[prefix + 'digest'] ?: '',
            verdict: properties[prefix + 'verdict'] ?: '',
            summary: properties[prefix + 'summary'] ?: '',
            golden: properties[prefix + 'golden'] ?: properties['golden.base.reference'] ?: '',
        ]
    }
    if (properties['golden.promoted.reference']) {
        result.promoted = properties['golden.promoted.reference']
    }
    if (properties['golden.problem'] && !result.problem) {
        String path = file.replace('\\', '/')
        result.goal = properties['golden.goal'] ?: ''
        result.problem = properties['golden.problem']
        result.remedy = properties['golden.remedy']
        result.folder = path.substring(path.startsWith('./') ? 2 : 0, path.lastIndexOf('/'))
    }
}

/** The project's own result, else those of its modules. */
private List resultFiles(String folder) {
    if (fileExists(folder + '/result.properties')) {
        return [folder + '/result.properties']
    }
    boolean unix = isUnix()
    String listed = ''
    withEnv(['GOLDEN_FOLDER=' + (unix ? folder : folder.replace('/', '\\'))]) {
        listed = unix ? sh(label: 'look for results of modules', script: 'find . -path "*/$GOLDEN_FOLDER/result.properties" | sort', returnStdout: true)
                      : bat(label: 'look for results of modules', script: '@for /r %%f in (%GOLDEN_FOLDER%\\result.properties) do @if exist "%%f" @echo %%f', returnStdout: true)
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
