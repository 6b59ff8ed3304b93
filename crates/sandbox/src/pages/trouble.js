// The section "Trouble" of the control page: what its forms send, and the trouble in words. It decides nothing.
const PLACES = {
  ownPresence: 'Own presence', writes: 'Presence writes', colleagues: "Colleagues' presence", directory: 'Directory', photos: 'Photos',
  me: 'The signed-in person', token: 'Token endpoint', graph: 'All of Graph', everything: 'Graph and Entra',
  connectApi: 'Connect service API', sts: 'STS',
};
const BREAKS = {
  networkAway: 'its network is away', workerDead: 'its worker is dead', frozen: 'its page is frozen', dead: 'its page is gone',
};

const spaced = (name) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const given = (text) => (text.trim() === '' ? null : text.trim());

/** What each form sends, by its `data-shape`. The answer of a fault is JSON in the option that was chosen. */
export const SHAPES = {
  fault({ endpoint, answer, retryAfter, delay, which, count, seconds }) {
    const meets = { all: 'all', next: { next: count }, cycle: { cycle: { pass: count - 1, meet: 1 } } }[which];
    const headers = given(retryAfter) === null ? [] : retryAfter.split('|').map((text) => ['Retry-After', text.trim()]);
    return { endpoint, fault: { ...JSON.parse(answer), headers, delay: delay * 1000, meets, seconds } };
  },
  panel({ trouble, seconds, reloadHelps }) {
    if (trouble === '') return null;
    if (trouble === 'late' || trouble === 'refusing') return { kind: trouble, seconds };
    return { kind: 'broken', how: trouble, reloadHelps };
  },
  instance({ inFolder, landing }) {
    return { inFolder, landing: given(landing) };
  },
  words({ contactType, contactState, besideType, systemStatus, unknownFields }) {
    const beside = given(besideType) && { type: given(besideType), state: 'connected' };
    return { contactType: given(contactType), contactState: given(contactState), beside, systemStatus, unknownFields };
  },
};

function body(kind) {
  if (kind === 'whole') return '';
  if (typeof kind === 'string') return `, body: ${spaced(kind)}`;
  return 'token' in kind ? `, token answer: ${spaced(kind.token)}` : ', another text';
}

function requests(meets) {
  if (meets === 'all') return 'every request';
  if ('next' in meets) return `the next ${meets.next}`;
  return `${meets.cycle.meet} of ${meets.cycle.pass + meets.cycle.meet}`;
}

const fault = (one) => `${PLACES[one.endpoint]}: ${one.status ?? 'answers'}${body(one.body)}`
  + `${one.delay > 0 ? `, after ${one.delay / 1000} s` : ''}, ${requests(one.meets)}; met ${one.met}`;

function panel(trouble) {
  if (trouble === null) return 'Works';
  if (trouble.kind === 'late') return `Says nothing for ${trouble.seconds} s after each load`;
  if (trouble.kind === 'refusing') return `Answers 403 for ${trouble.seconds} s after a log-in`;
  return `Broken: ${BREAKS[trouble.how]}${trouble.reloadHelps ? ', until it is loaded again' : ''}`;
}

function words({ contactType, contactState, beside, systemStatus, unknownFields }) {
  const said = [
    contactType && `contact of type ${contactType}`,
    contactState && `contact ${contactState}`,
    beside && `one more contact, ${beside.type}`,
    systemStatus && 'a system status in the list',
    unknownFields && 'unknown fields',
  ].filter(Boolean);
  return said.length === 0 ? 'As documented' : said.join('; ');
}

/** The trouble of a world in words, by the name of the place on the page. */
export function troubleIn(world) {
  const { pages, nullPhones, filters, expired, oddNames } = world.listing;
  const odd = [
    pages !== 'inOrder' && `pages lead ${spaced(pages)}`,
    filters !== 'taken' && `licence filters ${spaced(filters)}`,
    expired > 0 && `${expired} pages expire`,
    nullPhones && 'null among the numbers',
    oddNames && 'odd names',
  ].filter(Boolean);
  const counts = Object.entries(world.requests).filter(([name, count]) => count > 0 && name !== 'graph' && name !== 'everything');
  return {
    faults: world.faults.length === 0 ? 'None' : world.faults.map(fault).join('\n'),
    listing: odd.length === 0 ? 'In order' : odd.join('; '),
    panel: panel(world.panel),
    words: words(world.words),
    requests: counts.length === 0 ? 'None yet' : counts.map(([name, count]) => `${PLACES[name]} ${count}`).join(', '),
  };
}
