// What doctor found on a made-up machine: one check of each kind, and a long one.
import type { DoctorCheck } from '../src/bindings/DoctorCheck';
import type { DoctorPage } from '../src/bindings/DoctorPage';

const CHECKS: DoctorCheck[] = [
  {
    check: 'settings',
    title: 'Settings',
    status: 'good',
    saw: '/home/priya/.config/connectpath-teams/settings.toml is used.',
    toDo: null,
  },
  {
    check: 'redirect',
    title: 'Redirect',
    status: 'failed',
    saw: 'The app registration does not accept our redirect.',
    toDo: 'Add http://localhost under "Mobile and desktop applications", not under "Web" or "Single-page application".',
  },
  {
    check: 'scopes',
    title: 'Permissions',
    status: 'good',
    saw: 'The authorization is valid, and every requested permission was granted.',
    toDo: null,
  },
  {
    check: 'network-graph',
    title: 'Network, Graph',
    status: 'good',
    saw: 'graph.microsoft.com was found in 12 ms, connected in 31 ms, and answered in 180 ms.',
    toDo: null,
  },
  {
    check: 'certificates',
    title: 'Certificates',
    status: 'notChecked',
    saw: 'graph.microsoft.com could not be reached.',
    toDo: null,
  },
  {
    check: 'clock',
    title: 'Clock',
    status: 'warning',
    saw: "This computer's clock is 3 minutes ahead.",
    toDo: 'Let the system set the time automatically. Otherwise logins fail and times in the drawer are wrong.',
  },
];

export const DOCTOR: DoctorPage = {
  running: false,
  total: 6,
  checks: CHECKS,
  summary: '1 failed, 1 warning, 3 good, 1 not checked.',
  report: '',
};
