// Enough bytes, and none that compress, for a push that takes a while.
def bytes = new byte[64 * 1024 * 1024]
new Random(20261123).nextBytes(bytes)
new File(basedir, 'src/main/resources').mkdirs()
new File(basedir, 'src/main/resources/ore.bin').bytes = bytes
return true
