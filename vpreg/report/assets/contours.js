// Lines along which a slice passes one half, by marching squares, joined so that they can be dashed.

const HALF = 127.5;

function contourLines(slice) {
  return joinSegments(crossings(slice), slice);
}

// An edge of the pixel lattice has one number: twice its first pixel, and one more if it goes down.
function crossings({ width, height, values }) {
  const segments = [];
  for (let y = 0; y + 1 < height; y += 1) {
    for (let x = 0; x + 1 < width; x += 1) {
      const at = y * width + x;
      const kind =
        (values[at] > HALF ? 1 : 0) |
        (values[at + 1] > HALF ? 2 : 0) |
        (values[at + width + 1] > HALF ? 4 : 0) |
        (values[at + width] > HALF ? 8 : 0);
      if (kind === 0 || kind === 15) continue;
      const top = 2 * at;
      const left = 2 * at + 1;
      const right = 2 * (at + 1) + 1;
      const bottom = 2 * (at + width);
      for (const pair of cellSegments(kind, top, right, bottom, left)) segments.push(pair);
    }
  }
  return segments;
}

function cellSegments(kind, top, right, bottom, left) {
  switch (kind > 7 ? 15 - kind : kind) {
    case 1: return [[left, top]];
    case 2: return [[top, right]];
    case 3: return [[left, right]];
    case 4: return [[right, bottom]];
    case 5: return [[left, top], [right, bottom]];
    case 6: return [[top, bottom]];
    default: return [[left, bottom]];
  }
}

function joinSegments(segments, slice) {
  const next = new Map();
  const link = (from, to) => next.has(from) ? next.get(from).push(to) : next.set(from, [to]);
  for (const [a, b] of segments) {
    link(a, b);
    link(b, a);
  }
  const lines = [];
  const used = new Set();
  // Open lines first: they must start at one of their ends.
  const starts = [...next.keys()].sort((a, b) => next.get(a).length - next.get(b).length);
  for (const start of starts) {
    if (used.has(start)) continue;
    const line = [];
    let at = start;
    while (at !== undefined) {
      used.add(at);
      line.push(edgePoint(at, slice));
      at = next.get(at).find((other) => !used.has(other));
    }
    lines.push({ points: line, closed: next.get(start).length > 1 });
  }
  return lines;
}

function edgePoint(edge, { width, values }) {
  const at = edge >> 1;
  const down = edge & 1;
  const first = values[at];
  const second = values[down ? at + width : at + 1];
  const share = (HALF - first) / (second - first);
  const x = at % width;
  const y = Math.floor(at / width);
  return down ? { x, y: y + share } : { x: x + share, y };
}
