def repository = base.substring(0, base.lastIndexOf('/')) + '/*'
new File(basedir, 'golden-policy.yaml').text = """\
official: [docker.io/library/*]
golden: ['$repository']
application: {paths: [/var/lib/jetty/webapps]}
"""
return true
