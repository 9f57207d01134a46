window.hoclieuSimulation = {
  controls: [
    { name: "h", label: "Độ cao", min: 5, max: 45, step: 1, value: 20, unit: "m" },
    { name: "v", label: "Tốc độ ban đầu", min: 0, max: 25, step: 1, value: 12, unit: "m/s" }
  ],
  draw: function (pen, v, t) {
    var g = 10;
    var end = Math.sqrt((2 * v.h) / g);
    var now = Math.min(t, end);
    var X = function (x) { return 40 + 8 * x; };
    var Y = function (y) { return 380 - 8 * y; };
    pen.beginPath(); pen.moveTo(0, 380); pen.lineTo(720, 380); pen.moveTo(40, 380); pen.lineTo(40, Y(v.h)); pen.stroke();
    pen.strokeStyle = "#0b6e63"; pen.beginPath();
    for (var s = 0; s <= now; s += 0.02) { pen.lineTo(X(v.v * s), Y(v.h - (g * s * s) / 2)); }
    pen.stroke();
    pen.fillStyle = "#c05a1c";
    [[v.v * now, v.h - (g * now * now) / 2], [0, v.h - (g * now * now) / 2]].forEach(function (at) {
      pen.beginPath(); pen.arc(X(at[0]), Y(at[1]), 8, 0, 7); pen.fill();
    });
    return "Thời gian rơi " + end.toFixed(2).replace(".", ",") + " s; tầm xa " + (v.v * end).toFixed(1).replace(".", ",") + " m (g = 10 m/s²).";
  }
};
