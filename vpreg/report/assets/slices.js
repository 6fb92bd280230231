// Draw one slice on a canvas: the scan, colours over it, outlines, crosshair and letters.

function fitCanvas(canvas, aspect) {
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  canvas.style.aspectRatio = String(aspect);
  const height = Math.max(1, Math.round(width / aspect));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return ratio;
}

// `view` says which pixel of the slice lies in the middle and how many millimetres are seen across.
function screenOf(canvas, view) {
  const perMm = canvas.width / view.widthMm;
  const scale = { x: perMm * view.spacing.x, y: perMm * view.spacing.y };
  return {
    scale,
    toScreen: (point) => ({
      x: canvas.width / 2 + (point.x - view.centre.x) * scale.x,
      y: canvas.height / 2 + (point.y - view.centre.y) * scale.y,
    }),
    toSlice: (point) => ({
      x: view.centre.x + (point.x - canvas.width / 2) / scale.x,
      y: view.centre.y + (point.y - canvas.height / 2) / scale.y,
    }),
  };
}

const scratch = document.createElement("canvas");

function drawPixels(canvas, image, screen) {
  scratch.width = image.width;
  scratch.height = image.height;
  scratch.getContext("2d").putImageData(image, 0, 0);
  const context = canvas.getContext("2d");
  context.fillStyle = "#000";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  const corner = screen.toScreen({ x: -0.5, y: -0.5 });
  const { x, y } = screen.scale;
  context.drawImage(scratch, corner.x, corner.y, image.width * x, image.height * y);
}

function drawContour(canvas, slice, screen, style) {
  const context = canvas.getContext("2d");
  const path = new Path2D();
  const shift = style.shift || { x: 0, y: 0 };
  for (const line of contourLines(slice)) {
    line.points.forEach((point, n) => {
      const at = screen.toScreen({ x: point.x + shift.x, y: point.y + shift.y });
      if (n === 0) path.moveTo(at.x, at.y);
      else path.lineTo(at.x, at.y);
    });
    if (line.closed) path.closePath();
  }
  context.lineJoin = "round";
  context.setLineDash([]);
  context.strokeStyle = "rgba(0, 0, 0, 0.55)";
  context.lineWidth = style.width + 2 * style.ratio;
  context.stroke(path);
  context.setLineDash((style.dash || []).map((length) => length * style.ratio));
  context.strokeStyle = style.colour;
  context.lineWidth = style.width;
  context.stroke(path);
  context.setLineDash([]);
}

function drawCrosshair(canvas, point, ratio) {
  const context = canvas.getContext("2d");
  const gap = 9 * ratio;
  context.strokeStyle = "rgba(140, 200, 255, 0.75)";
  context.lineWidth = ratio;
  context.beginPath();
  context.moveTo(0, point.y); context.lineTo(point.x - gap, point.y);
  context.moveTo(point.x + gap, point.y); context.lineTo(canvas.width, point.y);
  context.moveTo(point.x, 0); context.lineTo(point.x, point.y - gap);
  context.moveTo(point.x, point.y + gap); context.lineTo(point.x, canvas.height);
  context.stroke();
}

function drawEdgeLetters(canvas, letters, ratio) {
  const context = canvas.getContext("2d");
  const inset = 11 * ratio;
  const { width, height } = canvas;
  const places = [[inset, height / 2], [width - inset, height / 2], [width / 2, inset], [width / 2, height - inset]];
  context.font = `600 ${12 * ratio}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 3 * ratio;
  context.strokeStyle = "rgba(0, 0, 0, 0.7)";
  context.fillStyle = "rgba(235, 235, 235, 0.9)";
  places.forEach(([x, y], n) => {
    context.strokeText(letters[n], x, y);
    context.fillText(letters[n], x, y);
  });
}

function drawMmBar(canvas, screen, view, ratio) {
  const context = canvas.getContext("2d");
  const mm = view.widthMm > 120 ? 50 : 20;
  const length = (mm / view.spacing.x) * screen.scale.x;
  const x = 14 * ratio;
  const y = canvas.height - 14 * ratio;
  for (const [colour, thick] of [["rgba(0,0,0,0.7)", 4], ["#fff", 2]]) {
    context.strokeStyle = colour;
    context.lineWidth = thick * ratio;
    context.beginPath(); context.moveTo(x, y); context.lineTo(x + length, y); context.stroke();
  }
  context.font = `${11 * ratio}px system-ui, sans-serif`;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.lineWidth = 3 * ratio;
  context.strokeStyle = "rgba(0, 0, 0, 0.7)";
  context.fillStyle = "#fff";
  context.strokeText(`${mm} mm`, x, y - 7 * ratio);
  context.fillText(`${mm} mm`, x, y - 7 * ratio);
}
