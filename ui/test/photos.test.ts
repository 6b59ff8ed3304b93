import { describe, expect, it } from 'vitest';

import { MOST, Photos } from '../src/drawer/photos';

const PNG = 'data:image/png;base64,AAAA';

/** Photos whose answers the test gives itself. */
function held() {
  const asked: string[] = [];
  const answers = new Map<string, (picture: string | null) => void>();
  const photos = new Photos({
    photo: (person, version) => {
      asked.push(`${person} ${version}`);
      return new Promise((resolve) => answers.set(`${person} ${version}`, resolve));
    },
  });
  const answer = async (what: string, picture: string | null) => {
    answers.get(what)?.(picture);
    await settled();
  };
  return { photos, asked, answer };
}

async function settled() {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

describe('a photo', () => {
  it('is requested once in each version, and shown when it arrives', async () => {
    const { photos, asked, answer } = held();
    photos.request('a', '1');
    photos.request('a', '1');
    expect(photos.shown('a')).toBeNull();
    await answer('a 1', PNG);
    expect(photos.shown('a')).toBe(PNG);
    photos.request('a', '1');
    expect(asked).toEqual(['a 1']);
  });

  it('stays until a newer version arrives', async () => {
    const { photos, answer } = held();
    photos.request('a', '1');
    await answer('a 1', PNG);
    photos.request('a', '2');
    expect(photos.shown('a')).toBe(PNG);
    await answer('a 2', `${PNG}2`);
    expect(photos.shown('a')).toBe(`${PNG}2`);
  });

  it('of an older version does not replace a newer one', async () => {
    const { photos, answer } = held();
    photos.request('a', '1');
    photos.request('a', '2');
    await answer('a 2', `${PNG}2`);
    await answer('a 1', PNG);
    expect(photos.shown('a')).toBe(`${PNG}2`);
  });

  it('that does not exist leaves the initials', async () => {
    const { photos, answer } = held();
    photos.request('a', '1');
    await answer('a 1', null);
    expect(photos.shown('a')).toBeNull();
  });

  it('that cannot be read leaves the initials, and is not requested again', async () => {
    let asked = 0;
    const photos = new Photos({
      photo: () => {
        asked += 1;
        return Promise.reject(new Error('ended'));
      },
    });
    photos.request('a', '1');
    await settled();
    photos.request('a', '1');
    expect([photos.shown('a'), asked]).toEqual([null, 1]);
  });

  it.each(['https://example.com/photo.png', 'data:text/html,hello', ''])('is not accepted from %s', async (picture) => {
    const { photos, answer } = held();
    photos.request('a', '1');
    await answer('a 1', picture);
    expect(photos.shown('a')).toBeNull();
  });

  it('that was requested least recently is dropped first', async () => {
    const all = new Photos({ photo: (person) => Promise.resolve(`${PNG}${person}`) });
    all.request('first', '1');
    for (let person = 1; person < MOST; person += 1) all.request(`${person}`, '1');
    all.request('first', '1');
    await settled();
    all.request('one more', '1');
    await settled();
    expect(all.shown('first')).toBe(`${PNG}first`);
    expect(all.shown('1')).toBeNull();
    expect(all.shown('2')).toBe(`${PNG}2`);
  });
});
