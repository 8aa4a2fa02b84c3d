// A number of organizations drawn as the mark is: a bunch of circles, and the number under it.
const ROWS = [[1, [1]], [2, [2]], [3, [2, 1]], [6, [3, 2, 1]], [Infinity, [4, 3, 2, 1]]];
const BERRY = 5.5, GAP = 10, SCALE = 2;

/** Read the count out of an image's name, or null if it is not a bunch's. */
export const bunchCount = (id) => {
  const found = /^bunch-(\d+)$/.exec(id);
  return found ? Number(found[1]) : null;
};

export const drawBunch = (count, colors) => {
  // Nobody counted (0): the mark itself, without a number.
  const rows = count ? ROWS.find(([most]) => count <= most)[1] : [3, 2, 1];
  const label = count > 1 ? String(count) : "";
  const width = Math.max(rows[0] * GAP + 6, label.length * 9 + 14);
  const height = rows.length * (GAP - 1.5) + 8 + (label ? 16 : 0);
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * SCALE);
  canvas.height = Math.ceil(height * SCALE);
  const pen = canvas.getContext("2d");
  pen.scale(SCALE, SCALE);
  rows.forEach((berries, row) => {
    for (let i = 0; i < berries; i++) {
      pen.beginPath();
      pen.arc(width / 2 + (i - (berries - 1) / 2) * GAP, BERRY + 2 + row * (GAP - 1.5), BERRY, 0, 2 * Math.PI);
      pen.fillStyle = colors.brand;
      pen.fill();
      pen.lineWidth = 1.5;
      pen.strokeStyle = colors.surface;
      pen.stroke();
    }
  });
  if (label) {
    pen.font = `600 12px ${colors.font}`;
    pen.textAlign = "center";
    pen.lineWidth = 3;
    pen.lineJoin = "round";
    pen.strokeStyle = colors.surface;
    pen.strokeText(label, width / 2, height - 4);
    pen.fillStyle = colors.ink;
    pen.fillText(label, width / 2, height - 4);
  }
  return pen.getImageData(0, 0, canvas.width, canvas.height);
};
