// Blue shrinks, red grows, and the middle of the scale lets the scan show through.

const SHRINKS = [[150, 208, 255], [56, 132, 255], [44, 40, 214]];
const GROWS = [[255, 214, 150], [255, 116, 61], [212, 18, 44]];
const MASK = [255, 205, 60];
const FOLD = [255, 0, 212];
const OUTLINES = {
  fixed: "#c9a4ff",
  affine: "#ffffff",
  similarity_only: "#ff9a3c",
  volume_preserving: "#2fe0cc",
};
const LOG2_REACH = 2;
const LOG2_FULL = 0.4;

function alongRamp(ramp, share) {
  const place = Math.min(share, 0.9999) * (ramp.length - 1);
  const low = Math.floor(place);
  return ramp[low].map((value, c) => value + (place - low) * (ramp[low + 1][c] - value));
}

// log2 is that of the determinant: above 0 the tissue shrinks.
function volumeChangeColour(log2) {
  const size = Math.min(Math.abs(log2), LOG2_REACH);
  const colour = alongRamp(log2 > 0 ? SHRINKS : GROWS, size / LOG2_REACH);
  return { colour, weight: Math.min(1, size / LOG2_FULL) };
}

function volumeChangeTable(log2) {
  return Array.from({ length: 256 }, (_, byte) => {
    if (byte === 0) return { colour: FOLD, weight: 1 };
    return volumeChangeColour((byte - log2.zero) / log2.steps);
  });
}

function maskTable() {
  return Array.from({ length: 256 }, (_, byte) => ({ colour: MASK, weight: byte / 255 }));
}

function blend(pixels, values, table, opacity) {
  for (let n = 0; n < values.length; n += 1) {
    const { colour, weight } = table[values[n]];
    const share = weight * opacity;
    if (share === 0) continue;
    for (let c = 0; c < 3; c += 1) {
      pixels[4 * n + c] += share * (colour[c] - pixels[4 * n + c]);
    }
  }
}

function greyPixels(slice) {
  const image = new ImageData(slice.width, slice.height);
  for (let n = 0; n < slice.values.length; n += 1) {
    const grey = slice.values[n];
    image.data.set([grey, grey, grey, 255], 4 * n);
  }
  return image;
}
