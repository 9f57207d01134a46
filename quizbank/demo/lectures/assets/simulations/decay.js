window.hoclieuSimulation = {
  controls: [{ name: "T", label: "Chu kì bán rã", min: 2, max: 12, step: 1, value: 5, unit: "s" }],
  start: function () {
    this.lives = [];
    for (var n = 0; n < 400; n += 1) { this.lives.push(-Math.log(1 - Math.random()) / Math.LN2); }
  },
  draw: function (pen, v, t) {
    var left = 0;
    for (var n = 0; n < 400; n += 1) {
      var isLeft = this.lives[n] * v.T > t;
      left += isLeft ? 1 : 0;
      pen.fillStyle = isLeft ? "#0b6e63" : "#d8dee4";
      pen.beginPath(); pen.arc(30 + 16 * (n % 20), 30 + 17 * Math.floor(n / 20), 6, 0, 7); pen.fill();
    }
    pen.beginPath(); pen.moveTo(390, 20); pen.lineTo(390, 370); pen.lineTo(710, 370); pen.stroke();
    pen.strokeStyle = "#0b6e63"; pen.beginPath();
    for (var s = 0; s <= 4; s += 0.05) { pen.lineTo(390 + 80 * s, 370 - 350 * Math.pow(2, -s)); }
    pen.stroke();
    pen.fillStyle = "#c05a1c"; pen.beginPath(); pen.arc(390 + 80 * Math.min(4, t / v.T), 370 - (350 * left) / 400, 6, 0, 7); pen.fill();
    return "Sau " + Math.floor(t) + " s còn " + left + " / 400 hạt nhân; theo công thức: " + Math.round(400 * Math.pow(2, -t / v.T)) + ".";
  }
};
