// The sentence and, beside it, the tumor in each alignment together with its true size.

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function showWords(data) {
  // "volume-preserving" stays in one line.
  for (const word of data.verdict.sentence.split(/( )/)) {
    document.getElementById("sentence").append(
      word.includes("-") ? element("span", { className: "whole", textContent: word }) : word,
    );
  }
  document.getElementById("details").append(
    ...data.verdict.details.map((text) => element("p", { textContent: text })),
  );
  const trouble = document.getElementById("trouble");
  if (data.warnings.length) {
    trouble.textContent = data.warnings.join(" ");
    trouble.hidden = false;
  }
  document.getElementById("made-by").textContent = `Made by vpreg ${data.version}. This page holds everything it shows and fetches nothing.`;
}

function outlineKey(colour, dash, text) {
  const item = element("li");
  const drawn = `<svg width="34" height="14" aria-hidden="true"><line x1="3" y1="7" x2="31" y2="7" stroke="${colour}" stroke-width="2.5" stroke-dasharray="${dash}"/></svg>`;
  item.innerHTML = drawn;
  item.append(element("span", { textContent: text }));
  return item;
}

function showOutlineKeys(data) {
  const keys = document.getElementById("outline-keys");
  const sheets = data.volumes.sheets;
  if (!data.key.reference) {
    if (sheets.soft_mask) keys.append(outlineKey("#ffcd3c", "5 4", "Edge of the soft mask"));
    return;
  }
  keys.append(outlineKey(OUTLINES.affine, "5 4", "True size: the tumor in the moving scan, before any local change, laid over centre on centre"));
  for (const picture of data.key.pictures) {
    keys.append(outlineKey(OUTLINES[picture.column], "", `As the ${picture.title.toLowerCase()} alignment leaves it`));
  }
}

function showKeyPictures(data, volumes) {
  const place = document.getElementById("key-pictures");
  const drawings = data.key.pictures.map((picture) => {
    const canvas = element("canvas");
    canvas.setAttribute("role", "img");
    const size = picture.kept ? `: tumor ${picture.word}, ${picture.kept} of its size` : "";
    canvas.setAttribute("aria-label", `${picture.title} alignment, slice through the tumor${size}`);
    const caption = element("figcaption", {}, element("span", { className: "name", textContent: picture.title }));
    if (picture.kept) {
      caption.append(
        element("span", { className: "kept", textContent: picture.kept }),
        element("span", { className: "word", textContent: picture.word === "kept" ? "of its size, kept" : `of its size, ${picture.word}` }),
      );
    }
    place.append(element("figure", { className: picture.column }, canvas, caption));
    return () => drawKeyPicture(canvas, picture, data, volumes);
  });
  return () => drawings.forEach((draw) => draw());
}

function drawKeyPicture(canvas, picture, data, volumes) {
  const { shape, spacing_mm: spacing, log2 } = data.volumes;
  const plane = PLANES[data.key.plane];
  const cut = (name, at) => sliceOf(volumes[name], shape, plane, at[plane.normal]);
  const ratio = fitCanvas(canvas, 1);
  const view = {
    centre: pointInSlice(picture.centre, shape, plane),
    widthMm: 2 * data.key.half_width_mm,
    spacing: { x: spacing[plane.right], y: spacing[plane.down] },
  };
  const screen = screenOf(canvas, view);
  const image = greyPixels(cut(picture.column, picture.centre));
  const reference = data.key.reference;
  if (!reference) blend(image.data, cut(`log2:${picture.column}`, picture.centre).values, volumeChangeTable(log2), 0.6);
  drawPixels(canvas, image, screen);
  if (reference) {
    const from = pointInSlice(reference, shape, plane);
    const shift = { x: view.centre.x - from.x, y: view.centre.y - from.y };
    drawContour(canvas, cut(`tumor:${picture.column}`, picture.centre), screen, { colour: OUTLINES[picture.column], width: 2.5 * ratio, ratio });
    drawContour(canvas, cut("tumor:affine", reference), screen, { colour: OUTLINES.affine, width: 1.8 * ratio, dash: [6, 5], shift, ratio });
  } else if (volumes.soft_mask) {
    drawContour(canvas, cut("soft_mask", picture.centre), screen, { colour: "#ffcd3c", width: 2 * ratio, dash: [6, 5], ratio });
  }
  drawEdgeLetters(canvas, plane.edges, ratio);
  drawMmBar(canvas, screen, view, ratio);
}
