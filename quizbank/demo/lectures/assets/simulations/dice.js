window.hoclieuSimulation = {
  controls: [{ name: "n", label: "Số lần gieo", min: 10, max: 5000, step: 10, value: 60, unit: "lần" }],
  start: function (v) {
    this.counts = [0, 0, 0, 0, 0, 0];
    for (var n = 0; n < v.n; n += 1) { this.counts[Math.floor(Math.random() * 6)] += 1; }
  },
  draw: function (pen, v) {
    var counts = this.counts;
    pen.setLineDash([6, 6]); pen.beginPath(); pen.moveTo(40, 350 - 900 / 6); pen.lineTo(700, 350 - 900 / 6); pen.stroke(); pen.setLineDash([]);
    pen.fillText("1/6", 5, 355 - 900 / 6);
    counts.forEach(function (count, face) {
      var height = (900 * count) / v.n;
      pen.fillStyle = "#0b6e63"; pen.fillRect(60 + 110 * face, 350 - height, 70, height);
      pen.fillStyle = "#1c2530"; pen.fillText("mặt " + (face + 1) + ": " + count, 55 + 110 * face, 375);
    });
    var even = (counts[1] + counts[3] + counts[5]) / v.n;
    return "Xác suất thực nghiệm của “mặt chẵn” là " + even.toFixed(3).replace(".", ",") + "; xác suất lí thuyết là 0,5.";
  }
};
