import { render, screen } from '@testing-library/react';
import { expect, it, onTestFinished, vi } from 'vitest';

import { ErrorBoundary } from '../src/ErrorBoundary';
import { Doctor } from '../src/settings/Doctor';
import { Theme } from '../src/theme/Theme';
import { FakePlatform, people } from './fake';
import { FakeSettings } from './fakeSettings';
import { showWindow } from './show';

function Broken(): never {
  throw new TypeError('Anna Berg is not a function');
}

it('shows that a window cannot be rendered, and reports the error without its message', async () => {
  // React logs what it catches.
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => {
    log.mockRestore();
  });
  const reported: string[] = [];
  render(
    <Theme>
      <ErrorBoundary
        report={(kind) => {
          reported.push(kind);
        }}
      >
        <Broken />
      </ErrorBoundary>
    </Theme>,
  );
  expect((await screen.findByRole('alert')).textContent).toContain('This window cannot be displayed.');
  expect(screen.getByRole('button', { name: 'Reload' })).toBeTruthy();
  expect(reported).toEqual(['TypeError']);
});

it('shows that the drawer could not be read, and reads it on request', async () => {
  const platform = new FakePlatform(people(3));
  const view = platform.view.bind(platform);
  platform.view = () => Promise.reject(new Error('ending'));
  showWindow(platform);
  expect((await screen.findByRole('alert')).textContent).toContain('The team could not be read.');
  expect(platform.calls).toContain('rendered');
  platform.view = view;
  screen.getByRole('button', { name: 'Try again' }).click();
  expect(await screen.findByRole('banner')).toBeTruthy();
});

it('shows that the checks cannot be read, and reads them on request', async () => {
  const platform = new FakeSettings([]);
  const doctor = platform.doctor.bind(platform);
  platform.doctor = () => Promise.reject(new Error('ending'));
  render(
    <Theme>
      <Doctor platform={platform} act={() => undefined} />
    </Theme>,
  );
  expect((await screen.findByRole('alert')).textContent).toContain('The checks could not be read.');
  platform.doctor = doctor;
  screen.getByRole('button', { name: 'Try again' }).click();
  expect(await screen.findByRole('heading', { level: 1 })).toBeTruthy();
});
