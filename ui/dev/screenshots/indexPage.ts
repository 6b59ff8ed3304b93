// The page that shows all pictures side by side, a scene in each row.
import { SCENES } from '../scenes';
import type { Kept } from './kept';
import { looks, pictureName } from './looks';

const STYLE = `
body { font: 14px system-ui, sans-serif; margin: 24px; background: #f3f2f1; color: #242424; }
nav { columns: 8 140px; margin-bottom: 24px; }
nav a { display: block; }
section { margin-bottom: 32px; }
h2 { font-size: 16px; margin: 0 0 8px; }
.row { display: flex; gap: 16px; overflow-x: auto; align-items: flex-start; }
figure { margin: 0; flex: none; }
img { display: block; height: 480px; border: 1px solid #8a8886; }
li { color: #a4262c; }
`;

/** The pictures are in `folder`, as seen from the page. */
export function indexPage(kept: Kept, folder: string): string {
  const names = Object.keys(SCENES);
  const rows = Object.entries(SCENES).map(([name, scene]) => {
    const pictures = looks(name, scene)
      .flatMap((look) => look.themes.map((theme) => pictureName(look, theme)))
      .flatMap((picture) => {
        const known = kept.get(picture);
        return known ? [figure(folder, picture, known.findings)] : [];
      });
    return `<section id="${name}"><h2>${name}</h2><div class="row">${pictures.join('')}</div></section>`;
  });
  const links = names.map((name) => `<a href="#${name}">${name}</a>`);
  return [
    '<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Every scene in every theme</title>',
    `<style>${STYLE}</style></head><body><h1>Every scene in every theme</h1><nav>${links.join('')}</nav>`,
    ...rows,
    '</body></html>\n',
  ].join('\n');
}

function figure(folder: string, name: string, findings: readonly { rule: string; element: string }[]): string {
  const found = findings.map(({ rule, element }) => `<li>${escaped(`${rule}: ${element}`)}</li>`).join('');
  const file = `${folder}/${name}.png`;
  return `<figure><a href="${file}"><img src="${file}" alt="${name}" loading="lazy"></a><figcaption>${name}</figcaption><ul>${found}</ul></figure>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
