def definition = new File(basedir, 'golden.yaml')
definition.text = definition.text.replace('REGISTRY', registry).replace('IMAGES', images)
return true
