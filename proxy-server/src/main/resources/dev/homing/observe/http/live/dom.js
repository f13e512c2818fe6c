/**
 * Building and changing the document. Texts only ever become text nodes: names of backends and all
 * else that comes from an instance is never read as HTML, which the page's policy forbids as well.
 */

export function byId(id) {
  return document.getElementById(id);
}

/** @param {(Node | string)[]} children */
export function make(tag, className = '', ...children) {
  const element = document.createElement(tag);
  if (className !== '') {
    element.className = className;
  }
  element.append(...children);
  return element;
}

export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function setClass(element, className, isOn) {
  if (element.classList.contains(className) !== isOn) {
    element.classList.toggle(className, isOn);
  }
}

/** A value, or a dash that is read out as what it means. */
export function setValue(element, text) {
  const shown = text ?? '–';
  if (element.dataset.shown === shown) {
    return;
  }
  element.dataset.shown = shown;
  if (text === null) {
    const dash = make('span', '', '–');
    dash.ariaHidden = 'true';
    element.replaceChildren(dash, make('span', 'unseen', 'not known'));
  } else {
    element.replaceChildren(text);
  }
  setClass(element, 'unknown', text === null);
}

/** A number with a bar behind it that is as long as the share, from 0 to 1. */
export function setBar(element, share, text, warnFrom = 0.8) {
  let bar = element.querySelector('.bar > span');
  if (bar === null) {
    bar = make('span');
    const frame = make('span', 'bar', bar);
    frame.ariaHidden = 'true';
    element.replaceChildren(frame, make('span', 'bar-text'));
  }
  bar.style.width = `${Math.min(100, Math.max(0, (share ?? 0) * 100)).toFixed(1)}%`;
  setClass(bar, 'high', share !== null && share >= warnFrom);
  setValue(element.querySelector('.bar-text'), text);
}

/**
 * Makes the rows of a table be those of the items, in their order; rows that stay keep their
 * elements, so that a selection or the focus in them stays too.
 *
 * @param {(item: object) => string} keyOf
 * @param {(item: object) => HTMLTableRowElement} makeRow
 * @param {(row: HTMLTableRowElement, item: object) => void} fill
 */
export function setRows(body, items, keyOf, makeRow, fill) {
  const rows = new Map([...body.children].map((row) => [row.dataset.key, row]));
  let next = body.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let row = rows.get(key);
    if (row === undefined) {
      row = makeRow(item);
      row.dataset.key = key;
    }
    rows.delete(key);
    if (row === next) {
      next = next.nextElementSibling;
    } else {
      body.insertBefore(row, next);
    }
    fill(row, item);
  }
  rows.forEach((row) => row.remove());
}

/** A row whose first cell names it. @param {string[]} classes of the further cells */
export function makeRow(name, classes) {
  const heading = make('th', '', name);
  heading.scope = 'row';
  return make('tr', '', heading, ...classes.map((each) => make('td', each)));
}

/** A table that can be scrolled sideways, also with the keyboard. @param {string[]} headings */
export function makeTable(caption, headings, classes) {
  const cells = headings.map((heading, i) => {
    const cell = make('th', classes[i] ?? '', heading);
    cell.scope = 'col';
    return cell;
  });
  const body = make('tbody');
  const table = make(
    'table',
    '',
    make('caption', '', caption),
    make('thead', '', make('tr', '', ...cells)),
    body,
  );
  const frame = make('div', 'scroll', table);
  frame.tabIndex = 0;
  frame.role = 'group';
  frame.ariaLabel = caption;
  return { frame, table, body };
}
