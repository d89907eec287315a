// A service for each wrong setting: of these properties their own POMs have some.
[
    'ordinary'         : ['golden.base': '${wrong.registry}/official/java:17'],
    'no-tag'           : ['golden.base': '${wrong.registry}/golden/java:99'],
    'no-repository'    : ['golden.base': '${wrong.registry}/golden/nothing-here:1'],
    'upper-case'       : ['golden.image': '${wrong.registry}/Apps/Wrong:1.0'],
    'credentials'      : ['golden.image': 'someone:hunter2@${wrong.registry}/apps/wrong:1.0'],
    'no-tag-of-letters': ['golden.image': '${wrong.registry}/apps/wrong:1.0?'],
    'unknown-authority': ['golden.base': '${wrong.guarded}/golden/java:17'],
    'no-pull'          : ['golden.base': '${wrong.guarded}/golden/java:17', 'golden.caCertificates': '${wrong.ca}'],
    'no-push'          : ['golden.image': '${wrong.guarded}/apps/wrong:1.0', 'golden.caCertificates': '${wrong.ca}'],
    'other-platform'   : ['golden.base': '${wrong.registry}/golden/twins:17', 'golden.platforms': 'linux/s390x'],
    'no-layout'        : ['golden.base': 'oci:${wrong.layout}-none'],
    // Compiled for Java 17; this golden image says that its Java is 11.
    'old-java'         : ['golden.base': '${wrong.registry}/golden/old:17'],
].each { name, settings ->
    def module = new File(basedir, name)
    module.mkdirs()
    new File(module, 'pom.xml').text = """\
<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>com.example.company</groupId>
    <artifactId>wrong</artifactId>
    <version>1.0</version>
  </parent>
  <artifactId>$name</artifactId>
  <properties>
    <golden.skip>false</golden.skip>
    ${settings.collect { key, value -> "<$key>$value</$key>" }.join('\n    ')}
  </properties>
</project>
"""
}
return true
