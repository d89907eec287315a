def repository = base.substring(0, base.lastIndexOf('/')) + '/*'
new File(basedir, 'golden-policy.yaml').text = "official: [docker.io/library/*]\ngolden: ['$repository']\n"
new File(basedir, 'lenient-policy.yaml').text = 'golden: [localhost:1/*]'
return true
