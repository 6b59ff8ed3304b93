import { expect, it } from 'vitest';

import { showsLogin } from '../src/ccp/frame';

const INSTANCE = 'https://contoso.my.connect.aws';
const CCP = `${INSTANCE}/ccp-v2/`;

function frame(href: () => string) {
  return {
    contentWindow: {
      location: {
        get href() {
          return href();
        },
      },
    } as Window,
  };
}

it('distinguishes a login page of the instance from the CCP', () => {
  expect(
    showsLogin(
      frame(() => CCP),
      CCP,
      INSTANCE,
    ),
  ).toBe(false);
  expect(
    showsLogin(
      frame(() => `${CCP}softphone`),
      CCP,
      INSTANCE,
    ),
  ).toBe(false);
  expect(
    showsLogin(
      frame(() => `${INSTANCE}/connect/login?landat=%2Fccp-v2%2F`),
      CCP,
      INSTANCE,
    ),
  ).toBe(true);
});

it.each(['/ccp-v2', '/connect/ccp-v2', '/connect/ccp-v2/', '/connect/ccp-v2/softphone'])(
  'knows the CCP at %s',
  (path) => {
    const shown = frame(() => `${INSTANCE}${path}`);
    expect(showsLogin(shown, CCP, INSTANCE)).toBe(false);
    expect(showsLogin(shown, `${INSTANCE}/connect/ccp-v2/`, INSTANCE)).toBe(false);
  },
);

it('counts a page of another site as a login page', () => {
  const refused = () => {
    throw new DOMException('Blocked', 'SecurityError');
  };
  expect(showsLogin(frame(refused), CCP, INSTANCE)).toBe(true);
});

it('is false until a page is loaded, and for a host of another origin', () => {
  expect(showsLogin(null, CCP, INSTANCE)).toBe(false);
  expect(showsLogin({ contentWindow: null }, CCP, INSTANCE)).toBe(false);
  expect(
    showsLogin(
      frame(() => 'about:blank'),
      CCP,
      INSTANCE,
    ),
  ).toBe(false);
  expect(
    showsLogin(
      frame(() => `${INSTANCE}/connect/login`),
      CCP,
      'connectpath-teams://localhost',
    ),
  ).toBe(false);
});
