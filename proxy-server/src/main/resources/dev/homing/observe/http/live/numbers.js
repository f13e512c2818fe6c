/** Numbers as people read them. What is not known stays null. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const threeDigits = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const NARROW_SPACE = '\u202f';
const SPACE = '\u00a0';

function spaced(text) {
  return text.replaceAll(',', NARROW_SPACE);
}

function scaled(value, step, units) {
  let index = 0;
  let rest = value;
  while (rest >= step && index < units.length - 1) {
    rest /= step;
    index++;
  }
  return [rest, units[index]];
}

/** 7, 12 345, 1.23 M */
export function count(value) {
  if (value === null) {
    return null;
  }
  if (value < 100_000) {
    return spaced((value < 10 ? oneDigit : whole).format(value));
  }
  const [rest, unit] = scaled(value, 1000, ['', 'k', 'M', 'G', 'T']);
  return threeDigits.format(rest) + SPACE + unit;
}

export function perSecond(value) {
  if (value === null) {
    return null;
  }
  // A single loss in the window is not nothing.
  return (value > 0 && value < 0.05 ? '<0.1' : count(value)) + '/s';
}

export function exact(value) {
  return value === null ? null : spaced(whole.format(value));
}

export function bitsPerSecond(bytesPerSecond) {
  if (bytesPerSecond === null) {
    return null;
  }
  const [rest, unit] = scaled(bytesPerSecond * 8, 1000, ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s']);
  return threeDigits.format(rest) + SPACE + unit;
}

export function bytes(value) {
  if (value === null) {
    return null;
  }
  const [rest, unit] = scaled(value, 1024, ['B', 'KiB', 'MiB', 'GiB']);
  return threeDigits.format(rest) + SPACE + unit;
}

/** 0.034 is 3.4 %. */
export function percent(share) {
  if (share === null) {
    return null;
  }
  const value = share * 100;
  return (value < 10 ? oneDigit : whole).format(value) + SPACE + '%';
}

export function seconds(value) {
  if (value === null) {
    return null;
  }
  const [factor, unit] = value < 1e-3 ? [1e6, 'µs'] : value < 1 ? [1e3, 'ms'] : [1, 's'];
  return threeDigits.format(value * factor) + SPACE + unit;
}

/** 3 d 4 h, 5 min 6 s */
export function duration(value) {
  const units = [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  const first = Math.max(0, units.findIndex(([, length]) => value >= length));
  return (value < 1 ? units.slice(-1) : units.slice(first, first + 2))
    .map(([unit, length], i, shown) => {
      const rest = i === 0 ? value : value % shown[0][1];
      return `${Math.floor(rest / length)}${SPACE}${unit}`;
    })
    .join(' ');
}
