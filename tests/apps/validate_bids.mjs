// Runs the BIDS validator's script, which is made for browsers, on a folder: prints every error and
// ends with 1 if there is one.
//
// node validate_bids.mjs VALIDATOR FOLDER
import { File } from 'node:buffer';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Every file below a folder, as a browser hands over a folder that a user has chosen. */
function filesBelow(folder, name) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return filesBelow(path, `${name}/${entry.name}`);
    }
    const file = new File([readFileSync(path)], entry.name);
    Object.defineProperty(file, 'webkitRelativePath', { value: `${name}/${entry.name}` });
    return [file];
  });
}

const [validator, folder] = process.argv.slice(2);
const { fileListToTree, validate } = await import(pathToFileURL(validator));
const tree = await fileListToTree(filesBelow(folder, 'dataset'));
const { issues } = await validate(tree, { ignoreNiftiHeaders: false, ignoreWarnings: true });
const errors = issues.issues.filter((issue) => issue.severity === 'error');
for (const error of errors) {
  console.log(`${error.code} ${error.subCode ?? ''} ${error.location ?? ''}`);
}
process.exit(errors.length > 0 ? 1 : 0);
