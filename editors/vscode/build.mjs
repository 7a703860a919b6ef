// Writes dist/extension.js, or with --test dist/test.js, and dist/THIRD-PARTY.txt with the licences of what was bundled.
import { build } from 'esbuild';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const common = { bundle: true, platform: 'node', format: 'cjs', logLevel: 'warning' };

/** Returns the folders of the packages whose files are in a bundle. */
function packages(inputs) {
  const folders = Object.keys(inputs).map(file => file.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//)?.[1]);
  return [...new Set(folders.filter(Boolean))].sort();
}

function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const file = readdirSync(folder).find(each => /^licen[cs]e/i.test(each));
  if (!file) {
    throw new Error(`${name} has no file with its licence`);
  }
  return `${name} ${version} (${license})\n\n${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`;
}

if (process.argv.includes('--test')) {
  await build({ ...common, entryPoints: ['test/all.ts'], outfile: 'dist/test.js', target: 'node18', packages: 'external' });
} else {
  rmSync('dist', { recursive: true, force: true });
  const { metafile } = await build({
    ...common,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    target: 'node20',
    external: ['vscode'],
    minify: true,
    metafile: true,
  });
  writeFileSync('dist/THIRD-PARTY.txt', packages(metafile.inputs).map(licence).join(`\n${'-'.repeat(80)}\n\n`));
  copyFileSync('../../LICENSE', 'LICENSE');
}
