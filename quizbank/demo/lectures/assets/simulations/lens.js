window.hoclieuSimulation = {
  controls: [
    { name: "f", label: "Tiêu cự", min: 5, max: 15, step: 1, value: 10, unit: "cm" },
    { name: "d", label: "Khoảng cách vật đến thấu kính", min: 3, max: 35, step: 1, value: 20, unit: "cm" }
  ],
  draw: function (pen, v) {
    var X = function (x) { return 360 + 9 * x; };
    var Y = function (y) { return 200 - 9 * y; };
    var height = 6;
    var line = function (x1, y1, x2, y2) { pen.beginPath(); pen.moveTo(X(x1), Y(y1)); pen.lineTo(X(x2), Y(y2)); pen.stroke(); };
    line(-40, 0, 40, 0); line(0, -18, 0, 18);
    pen.fillText("F", X(-v.f), Y(-2)); pen.fillText("F′", X(v.f), Y(-2));
    pen.lineWidth = 4; line(-v.d, 0, -v.d, height); pen.lineWidth = 2;
    pen.strokeStyle = "#0b6e63";
    line(-v.d, height, 0, height); line(0, height, 40, height - (height / v.f) * 40);
    line(-v.d, height, 40, (-height / v.d) * 40);
    if (v.d === v.f) { return "Vật ở tiêu điểm: hai tia ló song song, ảnh ở vô cực."; }
    var image = (v.d * v.f) / (v.d - v.f);
    var size = (-height * image) / v.d;
    pen.setLineDash([6, 6]);
    if (image < 0) { line(image, size, 0, height); line(image, size, -v.d, height); }
    pen.setLineDash([]);
    pen.strokeStyle = "#c05a1c"; pen.lineWidth = 4; line(image, 0, image, size);
    var where = Math.abs(image).toFixed(1).replace(".", ",");
    return image > 0 ? "Ảnh thật, ngược chiều, cách thấu kính " + where + " cm." : "Ảnh ảo, cùng chiều, lớn hơn vật, cách thấu kính " + where + " cm.";
  }
};
