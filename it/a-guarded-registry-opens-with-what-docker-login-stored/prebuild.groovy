import io.github.goldenmaven.peers.DockerRegistry

def login = "${DockerRegistry.USER}:${DockerRegistry.PASSWORD}".bytes.encodeBase64()
def docker = new File(basedir, 'docker')
docker.mkdirs()
new File(docker, 'config.json').text = """{"auths":{"$guarded":{"auth":"$login"}}}"""
return true
