// What a Renovate preset's regular expressions find below a folder, one line a find.
const fs = require('fs');
const path = require('path');

const [preset, root] = process.argv.slice(2);
const managers = JSON.parse(fs.readFileSync(preset, 'utf8')).customManagers;
const found = [];

function look(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'target') {
      look(file);
    } else if (entry.isFile()) {
      read(path.relative(root, file).split(path.sep).join('/'), file);
    }
  }
}

function read(name, file) {
  for (const manager of managers) {
    if (!manager.fileMatch.some((pattern) => new RegExp(pattern).test(name))) {
      continue;
    }
    const text = fs.readFileSync(file, 'utf8');
    for (const pattern of manager.matchStrings) {
      for (const { groups } of text.matchAll(new RegExp(pattern, 'g'))) {
        const values = [groups.depName, groups.currentValue, groups.currentDigest];
        found.push([name, manager.datasourceTemplate, ...values.filter(Boolean)].join(' '));
      }
    }
  }
}

look(root);
console.log(found.sort().join('\n'));
