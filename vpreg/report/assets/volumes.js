// Volumes come as pictures of slices side by side; the browser is what decodes them.

function loadImage(uri) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error("a picture could not be decoded"));
    image.src = uri;
  });
}

async function decodeVolume(uri, layout) {
  const image = await loadImage(uri);
  const rows = Math.ceil(layout.slices / layout.columns);
  const canvas = document.createElement("canvas");
  canvas.width = layout.columns * layout.tile_width;
  canvas.height = layout.tile_height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  const voxels = new Uint8Array(layout.slices * layout.height * layout.width);
  for (let row = 0; row < rows; row += 1) {
    context.drawImage(image, 0, -row * layout.tile_height);
    copyTiles(context, layout, row, voxels);
  }
  return voxels;
}

function copyTiles(context, layout, row, voxels) {
  const { width, height, columns, tile_width: step } = layout;
  const pixels = context.getImageData(0, 0, columns * step, layout.tile_height).data;
  for (let column = 0; column < columns; column += 1) {
    const slice = row * columns + column;
    if (slice >= layout.slices) return;
    for (let y = 0; y < height; y += 1) {
      const from = (y * columns + column) * step;
      const to = (slice * height + y) * width;
      for (let x = 0; x < width; x += 1) voxels[to + x] = pixels[4 * (from + x)];
    }
  }
}

async function decodeVolumes(description) {
  const names = Object.keys(description.sheets);
  const volumes = {};
  for (const name of names) {
    volumes[name] = await decodeVolume(description.sheets[name], description.layout);
  }
  return volumes;
}

// Axes 0, 1, 2 grow upwards, to the back and to the patient's left. The patient's left is on the
// right of the picture, as radiologists expect.
const PLANES = {
  axial: { title: "Axial", normal: 0, right: 2, down: 1, upright: false, edges: "RLAP" },
  coronal: { title: "Coronal", normal: 1, right: 2, down: 0, upright: true, edges: "RLSI" },
  sagittal: { title: "Sagittal", normal: 2, right: 1, down: 0, upright: true, edges: "APSI" },
};

function sliceOf(voxels, shape, plane, index) {
  const strides = [shape[1] * shape[2], shape[2], 1];
  const width = shape[plane.right];
  const height = shape[plane.down];
  const values = new Uint8Array(width * height);
  const at = Math.max(0, Math.min(shape[plane.normal] - 1, Math.round(index)));
  for (let y = 0; y < height; y += 1) {
    const row = plane.upright ? height - 1 - y : y;
    let from = at * strides[plane.normal] + row * strides[plane.down];
    for (let x = 0; x < width; x += 1) {
      values[y * width + x] = voxels[from];
      from += strides[plane.right];
    }
  }
  return { width, height, values };
}

function pointInSlice(position, shape, plane) {
  const down = position[plane.down];
  return {
    x: position[plane.right],
    y: plane.upright ? shape[plane.down] - 1 - down : down,
  };
}
