// What is known of the pictures that were taken before: kept beside them, so that only what changed is taken again.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** One thing that axe finds fault with. */
export interface Finding {
  rule: string;
  element: string;
  why: string;
}

export interface Picture {
  /** Of the built page when it was looked at last. The same page shows the same. */
  built: string;
  /** Of what is seen in it. */
  print: string;
  findings: readonly Finding[];
}

export function printOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** Of the names and the bytes of all files below a folder. */
export function printOfFolder(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => extname(name) !== '');
  return printOf(...names.sort(), ...names.sort().map((name) => readFileSync(join(folder, name), 'latin1')));
}

/** The folder of the pictures, with the list of what is known of them. */
export class Kept {
  private readonly pictures: Map<string, Picture>;
  private readonly list: string;

  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.list = join(folder, 'pictures.json');
    this.pictures = new Map(Object.entries(read(this.list)));
  }

  file(name: string): string {
    return join(this.folder, `${name}.png`);
  }

  get(name: string): Picture | undefined {
    return existsSync(this.file(name)) ? this.pictures.get(name) : undefined;
  }

  set(name: string, picture: Picture): void {
    this.pictures.set(name, picture);
  }

  /** Forgets a picture that could not be taken. */
  drop(name: string): void {
    this.pictures.delete(name);
    rmSync(this.file(name), { force: true });
  }

  /** Removes the pictures of scenes that are gone. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.pictures.keys()) if (!names.has(name)) this.pictures.delete(name);
    for (const file of readdirSync(this.folder)) {
      if (file.endsWith('.png') && !names.has(file.slice(0, -'.png'.length))) rmSync(join(this.folder, file));
    }
  }

  save(): void {
    const sorted = Object.fromEntries([...this.pictures].sort(([one], [other]) => (one < other ? -1 : 1)));
    writeFileSync(`${this.list}.part`, JSON.stringify(sorted, null, 1));
    renameSync(`${this.list}.part`, this.list);
  }
}

/** A list that cannot be read is none: everything is taken again. */
function read(file: string): Record<string, Picture> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Picture>;
  } catch {
    return {};
  }
}
