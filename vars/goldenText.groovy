/** Questions about a text alone, answered without any step. */

/** Whether a word may stand in a file or in Maven coordinates. */
@NonCPS
boolean isPlain(String word) {
    for (int i = 0; i < word.length(); i++) {
        if (!'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:'.contains(word.substring(i, i + 1))) {
            return false
        }
    }
    return word.length() > 0
}

/** Whether a path below the workspace has no character that a shell, find or a list of patterns would interpret. */
@NonCPS
boolean isFolder(String path) {
    for (int i = 0; i < path.length(); i++) {
        if (' \t\n\r\\*?[](){}<>:;,=\'"`$%!&|^~'.contains(path.substring(i, i + 1))) {
            return false
        }
    }
    // One spelling for each folder: an old result under another spelling would not be deleted.
    return path.length() > 0 && !path.endsWith('/') && !path.split('/').toList().any { part -> part == '' || part == '.' || part == '..' }
}

/** The known word with the fewest letters to change. */
@NonCPS
String nearest(String word, List known) {
    String best = ''
    int least = 1000
    for (candidate in known) {
        int distance = distance(word.toLowerCase(), candidate.toString().toLowerCase())
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
