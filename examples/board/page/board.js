'use strict';

const byId = id => document.getElementById(id);
const count = number => number.toLocaleString('en');
const countries = new Intl.DisplayNames(['en'], {type: 'region', fallback: 'code'});

// By the clock of the site where that is known: so the board says the same wherever it hangs.
function timeOf(seconds, timeZone) {
  return new Date(seconds * 1000).toLocaleTimeString('en-GB', {timeZone});
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function countryName(code) {
  try { return countries.of(code); } catch { return code || 'Unknown'; }
}

function cell(kind, text, className) {
  const element = document.createElement(kind);
  element.textContent = text;
  if (kind === 'th') element.scope = 'row';
  if (className) element.className = className;
  return element;
}

function showList(id, entries, nameOf) {
  const largest = Math.max(1, ...entries.map(entry => entry.count));
  const rows = entries.map(entry => {
    const row = document.createElement('tr');
    const name = cell('th', nameOf(entry.name));
    name.title = name.textContent;
    row.append(name, cell('td', count(entry.count), 'count'));
    row.style.setProperty('--share', entry.count / largest);
    return row;
  });
  if (rows.length === 0) {
    const nothing = cell('td', 'Nothing yet');
    nothing.colSpan = 2;
    rows.push(document.createElement('tr'));
    rows[0].append(nothing);
  }
  byId(id).tBodies[0].replaceChildren(...rows);
}

function hourName(hour) { return String(hour).padStart(2, '0') + ':00'; }

function showHours(hours) {
  byId('hours').tBodies[0].replaceChildren(...hours.map((hour, i) => {
    const row = document.createElement('tr');
    row.append(cell('th', hourName(i)), cell('td', hour.today === null ? '–' : count(hour.today), 'count'),
               cell('td', count(hour.last_week), 'count'));
    return row;
  }));
}

function shape(name, attributes) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

// 24 hours, each ten wide; 100 high. Bars are today, the outline is last week.
function chartOf(panels) {
  const hours = panels.hours;
  const largest = Math.max(1, ...hours.map(hour => Math.max(hour.today ?? 0, hour.last_week)));
  const height = number => number / largest * 98;
  const busiest = hours.reduce((best, hour, i) => (hour.today ?? 0) > (hours[best].today ?? 0) ? i : best, 0);
  const chart = shape('svg', {
    viewBox: '0 0 240 100', preserveAspectRatio: 'none', role: 'img',
    'aria-label': `Bars of the visits of each hour today, and an outline of those a week ago; ` +
      `most visits came at ${hourName(busiest)}. The table below has the numbers.`,
  });
  chart.append(shape('line', {class: 'axis', x1: 0, x2: 240, y1: 100, y2: 100}));
  hours.forEach((hour, i) => {
    const tall = height(hour.today ?? 0);
    chart.append(shape('rect', {class: 'bar', x: i * 10 + 1.5, width: 7, y: 100 - tall, height: tall}));
  });
  const steps = hours.map((hour, i) => `${i === 0 ? 'M' : 'L'}${i * 10} ${100 - height(hour.last_week)}h10`);
  chart.append(shape('path', {class: 'outline', d: steps.join('')}));
  return chart;
}

function showChart(panels) {
  const ticks = document.createElement('div');
  ticks.className = 'ticks';
  ticks.setAttribute('aria-hidden', 'true');
  for (const hour of [0, 6, 12, 18, 24]) ticks.append(cell('span', hourName(hour)));
  byId('chart').replaceChildren(chartOf(panels), ticks);
}

function comparison(today, before) {
  if (before === 0) return `${count(before)} by this time a week ago`;
  const change = Math.round((today - before) / before * 100);
  const words = change === 0 ? 'as many as' : `${Math.abs(change)} % ${change > 0 ? 'more' : 'fewer'} than`;
  return `${words} a week ago (${count(before)})`;
}

let announced = '';

// Screen readers are told what changed, and nothing else: not the time, not the tables.
function announce(panels) {
  const sentence = `${count(panels.visitors_now)} visitors now, ${count(panels.visits_today)} visits today`;
  if (announced && announced !== sentence) setText(byId('announcement'), sentence);
  announced = sentence;
}

function showPanels(panels) {
  document.title = `${count(panels.visitors_now)} now · ${panels.site}`;
  setText(byId('site'), panels.site);
  setText(byId('now'), count(panels.visitors_now));
  setText(byId('today'), count(panels.visits_today));
  setText(byId('change'), comparison(panels.visits_today, panels.visits_last_week));
  showChart(panels);
  showHours(panels.hours);
  showList('pages', panels.pages, name => name || 'Unknown');
  showList('referrers', panels.referrers, name => name.replace(/^https?:\/\//, '') || 'Came directly');
  showList('countries', panels.countries, countryName);
  announce(panels);
}

function show(board) {
  const {panels, problem} = board;
  byId('problem').hidden = problem === null;
  setText(byId('problem'), problem === null ? '' : `Nothing newer came: ${problem}`);
  if (panels === null) return;
  showPanels(panels);
  setText(byId('state'), `${panels.date}, updated at ${timeOf(panels.taken_at, panels.timezone)}, ` +
    `next at ${timeOf(board.next_at, panels.timezone)} (${panels.timezone})`);
}

let source = null;
let again; // the timer that waits after a refusal

function stop() {
  clearTimeout(again);
  if (source) source.close();
  source = null;
}

function listen() {
  stop();
  const opened = source = new EventSource('events');
  opened.addEventListener('board', event => show(JSON.parse(event.data)));
  opened.addEventListener('error', () => {
    // The browser tries again by itself, unless it was refused: there are too many.
    if (opened === source && opened.readyState === EventSource.CLOSED) again = setTimeout(listen, 30000);
  });
}

byId('pause').addEventListener('click', event => {
  const pauses = source !== null;
  event.target.setAttribute('aria-pressed', String(pauses));
  if (pauses) {
    stop(); // and the service is not asked for this page any more
  } else {
    listen();
  }
});

listen();
