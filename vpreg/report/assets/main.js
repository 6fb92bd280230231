async function main() {
  const data = JSON.parse(document.getElementById("report-data").textContent);
  showWords(data);
  showTables(data);
  showOutlineKeys(data);
  const volumes = await decodeVolumes(data.volumes);
  const drawKey = showKeyPictures(data, volumes);
  const update = startViewer(data, volumes);
  const redraw = () => { drawKey(); update(); };
  window.addEventListener("resize", redraw);
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((part) => { part.open = true; });
    redraw();
  });
  redraw();
}

main().catch((problem) => {
  const trouble = document.getElementById("trouble");
  trouble.textContent = `Open this page in a newer browser: it could not draw the scans (${problem.message}).`;
  trouble.hidden = false;
});
