/** The configuration in force, in the form that its file has (YAML). */

import { byId, setText } from './dom.js';

const PLAIN = /^[A-Za-z0-9/](?:[A-Za-z0-9 ._/-]|:(?=\S))*$/;
const LOOKS_OTHERWISE = /^(?:true|false|null|yes|no|on|off|~|[0-9.eE_+-]+|0[xo].*)$/i;

function scalar(value) {
  if (typeof value !== 'string') {
    return String(value);
  }
  const isPlain = PLAIN.test(value) && !LOOKS_OTHERWISE.test(value) && !value.endsWith(' ');
  return isPlain ? value : JSON.stringify(value);
}

function isEmpty(value) {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function isNested(value) {
  return typeof value === 'object' && value !== null && !isEmpty(value);
}

function emptyOf(value) {
  return Array.isArray(value) ? '[]' : '{}';
}

/** @returns {string[]} lines */
export function yaml(value, indent = '') {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      if (!isNested(item)) {
        return [`${indent}- ${isEmpty(item) ? emptyOf(item) : scalar(item)}`];
      }
      const [first, ...rest] = yaml(item, `${indent}  `);
      return [`${indent}- ${first.trimStart()}`, ...rest];
    });
  }
  return Object.entries(value).flatMap(([key, item]) => {
    const name = `${indent}${scalar(key)}:`;
    if (isNested(item)) {
      return [name, ...yaml(item, `${indent}  `)];
    }
    return [`${name} ${isEmpty(item) ? emptyOf(item) : scalar(item)}`];
  });
}

export function showConfiguration(configuration) {
  setText(byId('configuration-text'), `${yaml(configuration).join('\n')}\n`);
}
