// Slices of all columns side by side, with one crosshair for all of them.

function startViewer(data, volumes) {
  const { shape, log2, sheets } = data.volumes;
  const centre = data.key.pictures[data.key.pictures.length - 1].centre;
  const has = (start) => Object.keys(sheets).some((name) => name.startsWith(start));
  const state = {
    plane: "axial",
    position: centre.map((at, a) => Math.max(0, Math.min(shape[a] - 1, Math.round(at)))),
    overlay: "log2",
    opacity: 0.6,
    marks: { outlines: true, folds: true, crosshair: true },
  };
  const tables = { log2: volumeChangeTable(log2), mask: maskTable() };
  const panes = [];
  let waiting = false;
  const update = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      // A hidden row has no width to draw to.
      panes.rows.forEach((row) => row.show(state));
      panes.forEach((pane) => drawPane(pane, state, data, volumes, tables));
    });
  };
  panes.rows = Object.keys(PLANES).map((name) => makeRow(name, data, state, panes, update));
  showChoices(state, sheets, has, update);
  showLegends(state, sheets);
  document.getElementById("opacity").addEventListener("input", (event) => {
    state.opacity = event.target.value / 100;
    update();
  });
  return update;
}

function showChoices(state, sheets, has, update) {
  const planes = [...Object.entries(PLANES).map(([name, plane]) => [name, plane.title]), ["all", "All three"]];
  radios("planes", planes, state.plane, (value) => { state.plane = value; update(); });
  const overlays = [["none", "None"], ["log2", "Volume change"]];
  if (sheets.soft_mask) overlays.push(["mask", "Soft mask"]);
  radios("overlays", overlays, state.overlay, (value) => {
    state.overlay = value;
    showLegends(state, sheets);
    update();
  });
  const marks = [];
  if (has("tumor:")) marks.push(["outlines", "Tumor outlines"]);
  if (has("folds:")) marks.push(["folds", "Folds"]);
  marks.push(["crosshair", "Crosshair"]);
  boxes("marks", marks, state.marks, update);
}

function radios(id, choices, chosen, choose) {
  for (const [value, text] of choices) {
    const input = element("input", { type: "radio", name: id, value, checked: value === chosen });
    input.addEventListener("change", () => choose(value));
    document.getElementById(id).append(element("label", {}, input, text));
  }
}

function boxes(id, choices, values, update) {
  for (const [name, text] of choices) {
    const input = element("input", { type: "checkbox", checked: values[name] });
    input.addEventListener("change", () => { values[name] = input.checked; update(); });
    document.getElementById(id).append(element("label", {}, input, text));
  }
}

function makeRow(name, data, state, panes, update) {
  const plane = PLANES[name];
  const last = data.volumes.shape[plane.normal] - 1;
  const place = element("div", { className: "panes" });
  const turn = (step) => {
    state.position[plane.normal] = Math.max(0, Math.min(last, state.position[plane.normal] + step));
    update();
  };
  for (const column of data.columns) {
    const pane = makePane(name, column, data, state, update, turn);
    panes.push(pane);
    place.append(element("figure", { className: "pane" }, pane.caption, pane.canvas));
  }
  const slider = element("input", { type: "range", min: 0, max: last });
  slider.setAttribute("aria-label", `${plane.title} slice`);
  slider.addEventListener("input", () => { state.position[plane.normal] = Number(slider.value); update(); });
  const output = element("output");
  const controls = element("div", { className: "slider" }, element("span", { textContent: plane.title }), slider, output);
  const row = element("div", { className: "row" }, place, controls);
  document.getElementById("rows").append(row);
  return {
    show: () => {
      row.hidden = state.plane !== name && state.plane !== "all";
      row.classList.toggle("first", state.plane === name || name === "axial");
      slider.value = state.position[plane.normal];
      output.textContent = `${state.position[plane.normal] + 1} of ${last + 1}`;
    },
  };
}

function makePane(name, column, data, state, update, turn) {
  const canvas = element("canvas", { tabIndex: 0 });
  canvas.setAttribute("role", "img");
  const caption = element("figcaption", {}, element("b", { textContent: column.title }), element("span", { textContent: column.subtitle }));
  const pane = { name, column, canvas, caption, screen: null };
  const { shape } = data.volumes;
  const plane = PLANES[name];
  const point = (event) => {
    const box = canvas.getBoundingClientRect();
    const ratio = canvas.width / box.width;
    const at = pane.screen.toSlice({ x: (event.clientX - box.left) * ratio, y: (event.clientY - box.top) * ratio });
    const inside = (value, n) => Math.max(0, Math.min(n - 1, Math.round(value)));
    const down = inside(at.y, shape[plane.down]);
    state.position[plane.right] = inside(at.x, shape[plane.right]);
    state.position[plane.down] = plane.upright ? shape[plane.down] - 1 - down : down;
    update();
  };
  canvas.addEventListener("pointerdown", (event) => { canvas.setPointerCapture(event.pointerId); point(event); });
  canvas.addEventListener("pointermove", (event) => { if (event.buttons) point(event); });
  canvas.addEventListener("wheel", (event) => {
    if (document.activeElement !== canvas) return;
    event.preventDefault();
    turn(Math.sign(event.deltaY));
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (!step) return;
    event.preventDefault();
    turn(step);
  });
  return pane;
}

function drawPane(pane, state, data, volumes, tables) {
  if (state.plane !== pane.name && state.plane !== "all") return;
  const { shape, spacing_mm: spacing } = data.volumes;
  const plane = PLANES[pane.name];
  const name = pane.column.name;
  const index = state.position[plane.normal];
  const cut = (volume) => sliceOf(volumes[volume], shape, plane, index);
  const extent = { x: shape[plane.right] * spacing[plane.right], y: shape[plane.down] * spacing[plane.down] };
  const ratio = fitCanvas(pane.canvas, Math.max(0.75, extent.x / extent.y));
  const view = {
    centre: { x: (shape[plane.right] - 1) / 2, y: (shape[plane.down] - 1) / 2 },
    widthMm: Math.max(extent.x, extent.y * 0.75),
    spacing: { x: spacing[plane.right], y: spacing[plane.down] },
  };
  pane.screen = screenOf(pane.canvas, view);
  const image = greyPixels(cut(name));
  if (state.overlay === "log2" && volumes[`log2:${name}`]) blend(image.data, cut(`log2:${name}`).values, tables.log2, state.opacity);
  if (state.overlay === "mask" && volumes.soft_mask) blend(image.data, cut("soft_mask").values, tables.mask, state.opacity);
  if (state.marks.folds && volumes[`folds:${name}`]) markFolds(image.data, cut(`folds:${name}`).values);
  drawPixels(pane.canvas, image, pane.screen);
  if (state.marks.outlines && volumes[`tumor:${name}`]) drawContour(pane.canvas, cut(`tumor:${name}`), pane.screen, { colour: OUTLINES[name], width: 2 * ratio, ratio });
  if (state.marks.crosshair) drawCrosshair(pane.canvas, pane.screen.toScreen(pointInSlice(state.position, shape, plane)), ratio);
  drawEdgeLetters(pane.canvas, plane.edges, ratio);
  pane.canvas.setAttribute("aria-label", `${pane.column.title}, ${plane.title.toLowerCase()} slice ${index + 1} of ${shape[plane.normal]}. Arrow keys turn the slices.`);
}

function markFolds(pixels, values) {
  values.forEach((value, n) => { if (value > HALF) pixels.set([...FOLD, 255], 4 * n); });
}

function showLegends(state, sheets) {
  const place = document.getElementById("legends");
  place.replaceChildren();
  if (state.overlay === "log2") place.append(volumeChangeLegend());
  if (state.overlay === "mask") place.append(maskLegend());
  if (Object.keys(sheets).some((name) => name.startsWith("folds:"))) {
    place.append(element("div", { className: "scale short" }, swatch(FOLD), "Folded voxels"));
  }
}

function volumeChangeLegend() {
  const bar = ramp((share) => volumeChangeColour(LOG2_REACH * (1 - 2 * share)));
  bar.setAttribute("aria-label", "Color scale from shrinks to a quarter, in blue, over unchanged to grows fourfold, in red");
  const ends = (texts, tag) => element("div", { className: "ends" }, ...texts.map((text) => element(tag, { textContent: text })));
  return element("div", { className: "scale" },
    ends(["shrinks", "volume unchanged", "grows"], "b"), bar,
    ends(["¼ ×", "½ ×", "1", "2 ×", "4 ×"], "span"),
    element("div", { textContent: "Size of the moving tissue after ÷ before, rough alignment included" }));
}

function maskLegend() {
  const bar = ramp((share) => ({ colour: MASK, weight: share }));
  bar.setAttribute("aria-label", "Color scale of the soft mask from 0 to 1");
  return element("div", { className: "scale" }, "Soft mask: where sizes are kept", bar,
    element("div", { className: "ends" }, element("span", { textContent: "0, free to change" }), element("span", { textContent: "1, kept" })));
}

function ramp(colourAt) {
  const canvas = element("canvas", { width: 256, height: 1 });
  canvas.setAttribute("role", "img");
  const image = new ImageData(256, 1);
  for (let x = 0; x < 256; x += 1) {
    const { colour, weight } = colourAt(x / 255);
    image.data.set([...colour.map((value) => 128 + weight * (value - 128)), 255], 4 * x);
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas;
}

function swatch(colour) {
  const square = element("span");
  square.style.cssText = `display:inline-block;width:11px;height:11px;margin-right:7px;border-radius:2px;background:rgb(${colour})`;
  return square;
}
