'use strict';

const PAUSE = 5000; // The client shares a report for as long.
const LONGEST = 30000;
const SYMBOLS = new Map([['up', '✓'], ['degraded', '▲'], ['down', '✕']]);
let shape = '';

/** Strings among the children become text and never markup: what remotes say is hostile. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

function cell(name, label, ...children) {
  return element('td', { class: name, role: 'cell', 'data-label': label }, ...children);
}

function badge(status) {
  const known = SYMBOLS.has(status) ? status : 'down';
  const symbol = element('span', { 'aria-hidden': 'true' }, SYMBOLS.get(known) + ' ');
  return element('span', { class: 'badge ' + known }, symbol, status);
}

function serviceCell(service) {
  const name = element('span', { class: 'name' }, service.service);
  const made = element(
    'th',
    { class: 'service', scope: 'rowgroup', role: 'rowheader', rowspan: service.routes.length },
    name, ' ', badge(service.status));
  if (service.status !== 'up') {
    const href = 'health/diagnosis?service=' + encodeURIComponent(service.service);
    const label = 'Diagnose ' + service.service;
    made.append(' ', element('a', { href, 'aria-label': label }, 'Diagnose'));
  }
  return made;
}

function breaker(route) {
  const left = Math.ceil((route.breakerOpenForMillis || 0) / 1000);
  return route.breaker + (left > 0 ? ` for ${left} s` : '');
}

function text(value) {
  return value ? [value] : [];
}

function note(route) {
  const binding = route.binding;
  const called = route.failure || route.httpStatus !== undefined;
  const proxy = binding && binding.fix ? [binding.diagnosis, element('br', {}), binding.fix] : [];
  const kind = binding && !called ? [`a binding of kind ${binding.kind}, not called`] : [];
  const entries = [
    ['What', ...text(route.message)], ['Cause', ...text(route.cause)],
    ['Fix', ...text(route.fix)], ['Proxy', ...proxy], ['Note', ...kind],
  ].filter(([, ...said]) => said.length > 0);
  const list = element('dl', {});
  for (const [term, ...said] of entries) {
    const description = element('dd', { class: term.toLowerCase() }, ...said);
    list.append(element('div', {}, element('dt', {}, term), description));
  }
  const made = cell('wrong', '');
  if (route.failure) {
    made.append(element('strong', { class: 'failure' }, route.failure));
  }
  if (list.hasChildNodes()) {
    made.append(list);
  }
  return made;
}

function routeRow(route) {
  return element(
    'tr',
    { role: 'row' },
    cell('route', 'Route', route.route),
    cell('state', 'State', badge(route.status)),
    cell('http', 'HTTP', String(route.httpStatus ?? '–')),
    cell('latency', 'Latency', 'latencyMillis' in route ? route.latencyMillis + ' ms' : '–'),
    cell('breaker', 'Breaker', breaker(route)),
    note(route));
}

function serviceRows(service) {
  const rows = service.routes.map(routeRow);
  rows[0].prepend(serviceCell(service));
  return element('tbody', { role: 'rowgroup' }, ...rows);
}

/** Replaces the cells that changed alone, so that a selection and the focus stay where they are. */
function showRows(services) {
  const table = document.getElementById('routes');
  const made = services.map(serviceRows);
  const cells = (bodies) => bodies.flatMap((body) => [...body.querySelectorAll('th, td')]);
  const next = JSON.stringify(services.map((one) => [one.service, one.routes.length]));
  if (next === shape) {
    const old = cells([...table.tBodies]);
    cells(made).forEach((now, i) => old[i].isEqualNode(now) || old[i].replaceWith(now));
  } else {
    [...table.tBodies].forEach((body) => body.remove());
    table.append(...made);
    shape = next;
  }
}

function say(id, text) {
  const place = document.getElementById(id);
  if (place.textContent !== text) {
    place.textContent = text; // Only a change is read out.
  }
  place.hidden = text === '';
}

function show(report) {
  const count = (status) => report.services.filter((one) => one.status === status).length;
  const counts = [...SYMBOLS.keys()].map((status) => `${count(status)} ${status}`).join(', ');
  const taken = new Date(report.takenAt);
  const time = element('time', { datetime: report.takenAt }, taken.toLocaleString());
  say('overall', `Overall ${report.status}: ${counts}`);
  document.getElementById('taken').replaceChildren('at ', time);
  document.getElementById('overall').className = SYMBOLS.has(report.status) ? report.status : '';
  const proxy = report.proxy && report.proxy.failure ? report.proxy : null;
  const refusal = proxy && [proxy.message, proxy.cause, proxy.fix].filter(Boolean).join('; ');
  say('proxy', proxy ? `The binding proxy gave no report of its own: ${refusal}` : '');
  showRows(report.services);
}

/** A 503 has a report as a 200 has; what a gateway in between answers has none. */
async function fetchReport() {
  const signal = AbortSignal.timeout(LONGEST);
  const response = await fetch('health/bindings', { cache: 'no-store', signal });
  if (response.headers.get('Content-Type') !== 'application/json') {
    throw new Error(`HTTP ${response.status} without a report`);
  }
  return response.json();
}

async function refresh() {
  try {
    show(await fetchReport());
    say('trouble', '');
    document.body.classList.remove('stale');
  } catch (error) {
    const old = shape ? ' What is below is old.' : '';
    say('trouble', `The report can't be fetched (${error.message}).${old} Trying again.`);
    document.body.classList.add('stale');
  }
  setTimeout(refresh, PAUSE);
}

refresh();
