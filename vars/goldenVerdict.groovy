/** What a result means: whether the build fails, and what people read of it in one line. */

boolean isGood(Map result) {
    return result.verdict == 'pass' && !result.problem
}

/** Fails the build, in one line, unless everything passed or the caller himself skipped it. */
def require(String step, Map result, skip = false) {
    boolean skipped = skip.toString() == 'true' && !result.verdict
    if (result.status == 0 && (result.verdict == 'pass' || skipped)) {
        return
    }
    failed(step, result)
}

/** Fails the build with the plugin's own message, where it left one. */
def failed(String step, Map result) {
    error step + ': ' + (result.problem ? result.problem + ' ' + result.remedy : meaning(result))
}

private String meaning(Map result) {
    Map meanings = [
        refused: 'refused: the policy refuses an image. The report names the rule and its remedy.',
        unknown: 'unknown: something could not be read, so nothing passes. Run the build again when it is available.',
        misconfigured: 'misconfigured: the policy or the image is missing. Name both.',
        pass: 'the images pass, but Maven failed after that. Its first ERROR line above says why.',
    ]
    if (result.status == 0 && !result.verdict) {
        return "Maven succeeded, but it left no verdict. Remove golden.skip and golden.outputDirectory from the POM, or set the key 'skip' or 'outputDirectory'."
    }
    return meanings[result.verdict] ?: 'Maven failed. Its first ERROR line above says why.'
}

/** One line: short names, the images that do not pass first, at most three. */
String summary(Map result) {
    List images = result.images.findAll { image -> image.verdict != 'pass' } + result.images.findAll { image -> image.verdict == 'pass' }
    if (images.isEmpty() || (result.problem && result.verdict == 'pass')) {
        return cut((result.verdict && result.verdict != 'pass' ? result.verdict + ': ' : '') + (result.problem ?: ''))
    }
    if (images.size() > 3 && result.summary) {
        List blocked = images.findAll { image -> image.verdict != 'pass' }.take(3).collect { image -> shortened(pinned(image)) }
        return cut(result.summary + (blocked ? ': ' + blocked.join(', ') : ''))
    }
    List lines = []
    for (image in images.take(3)) {
        lines << shortened(pinned(image)) + (image.golden ? ' on ' + shortened(image.golden) : '') + (image.verdict ? ': ' + (image.summary ?: image.verdict) : '')
    }
    return lines.join(', ') + (images.size() > 3 ? ' and ' + (images.size() - 3) + ' more' : '')
}

/** The image by its digest: its tag may have moved since. */
String pinned(Map image) {
    return image.digest && !image.reference.contains('@') ? image.reference + '@' + image.digest : image.reference
}

/** A reference without its host, with twelve digits of its digest; of a long path its end. */
@NonCPS
String shortened(String reference) {
    int at = reference.indexOf('@sha256:')
    String name = at < 0 ? reference : reference.substring(0, at)
    String digest = at < 0 ? '' : '@' + reference.substring(at + 8)
    List parts = name.replace('\\', '/').split('/').toList()
    String first = parts[0]
    if (first.startsWith('oci:')) {
        name = parts.size() > 4 ? 'oci:.../' + parts.subList(parts.size() - 3, parts.size()).join('/') : name
    } else if (parts.size() > 1 && (first.contains('.') || first.contains(':') || first == 'localhost')) {
        name = name.substring(first.length() + 1)
    }
    return name + (digest.length() > 13 ? digest.substring(0, 13) : digest)
}

@NonCPS
private String cut(String sentence) {
    String text = sentence.replaceAll('sha256:([0-9a-f]{12})[0-9a-f]{52}', 'sha256:$1')
    return text.length() > 160 ? text.substring(0, 157) + '...' : text
}
