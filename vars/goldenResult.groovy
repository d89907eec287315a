/** What the goals of a run left: earlier results deleted before it, result.properties read after it. */

/** The files that a goal writes, besides the image itself. */
private List files() {
    return ['promote.json', 'result.properties', 'verify.css', 'verify.csv', 'verify.html', 'verify.json', 'verify.sarif', 'verify.xml']
}

/** Results of an earlier run, in modules too, must not be read as this one's. */
def deleteEarlier(boolean unix) {
    if (unix) {
        sh label: 'delete earlier results', script: 'find . -path "*/$GOLDEN_FOLDER/*" \\( -name ' + files().join(' -o -name ') + ' \\) -exec rm -f {} +'
    } else {
        bat label: 'delete earlier results', script: '@for /r %%f in (' + files().collect { name -> '%GOLDEN_FOLDER%\\' + name }.join(' ') + ') do @if exist "%%f" del /q "%%f"'
    }
}

/** The result of the run: of the project, else of all its modules together. */
Map read(int status, String folder) {
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
