// Enough bytes, and none that compress, for a check and a copy that take a while.
def bytes = new byte[64 * 1024 * 1024]
new Random(20261125).nextBytes(bytes)
new File(basedir, 'src/main/resources').mkdirs()
new File(basedir, 'src/main/resources/ore.bin').bytes = bytes
def repository = base.substring(0, base.lastIndexOf('/')) + '/*'
new File(basedir, 'golden-policy.yaml').text = "official: [docker.io/library/*]\ngolden: ['$repository']\n"
return true
