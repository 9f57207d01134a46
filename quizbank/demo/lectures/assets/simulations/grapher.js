window.hoclieuSimulation = {
  controls: [
    { name: "a", label: "Hệ số a", min: -3, max: 3, step: 0.25, value: 1 },
    { name: "b", label: "Hệ số b", min: -6, max: 6, step: 0.5, value: -4 },
    { name: "c", label: "Hệ số c", min: -6, max: 6, step: 0.5, value: 3 }
  ],
  draw: function (pen, v) {
    var X = function (x) { return 360 + 40 * x; };
    var Y = function (y) { return 200 - 25 * y; };
    pen.lineWidth = 1;
    pen.beginPath(); pen.moveTo(0, 200); pen.lineTo(720, 200); pen.moveTo(360, 0); pen.lineTo(360, 400); pen.stroke();
    for (var n = -8; n <= 8; n += 1) { pen.fillText(String(n), X(n) - 4, 217); }
    pen.strokeStyle = "#0b6e63"; pen.lineWidth = 3; pen.beginPath();
    for (var p = 0; p <= 720; p += 3) {
      var x = (p - 360) / 40;
      pen.lineTo(p, Y(v.a * x * x + v.b * x + v.c));
    }
    pen.stroke();
    if (v.a === 0) { return "a = 0: đồ thị là một đường thẳng."; }
    var delta = v.b * v.b - 4 * v.a * v.c;
    var top = [-v.b / (2 * v.a), -delta / (4 * v.a)];
    pen.fillStyle = "#c05a1c"; pen.beginPath(); pen.arc(X(top[0]), Y(top[1]), 6, 0, 7); pen.fill();
    var roots = delta > 0 ? "cắt trục hoành tại hai điểm" : delta === 0 ? "tiếp xúc trục hoành" : "không cắt trục hoành";
    return "Đỉnh (" + top[0].toFixed(2) + "; " + top[1].toFixed(2) + "), Δ = " + delta.toFixed(2) + ": " + roots + ".";
  }
};
