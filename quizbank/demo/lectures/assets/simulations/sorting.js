window.hoclieuSimulation = {
  controls: [
    { name: "kind", label: "Thuật toán (1: nổi bọt, 2: chọn, 3: chèn)", min: 1, max: 3, step: 1, value: 1 },
    { name: "n", label: "Số phần tử", min: 5, max: 30, step: 1, value: 12 }
  ],
  start: function (v) {
    var list = [];
    for (var n = 1; n <= v.n; n += 1) { list.splice(Math.floor(Math.random() * n), 0, n); }
    var states = (this.states = [list.slice()]);
    var i, j, least;
    var swap = function (a, b) { var kept = list[a]; list[a] = list[b]; list[b] = kept; };
    var look = function () { states.push(list.slice()); };
    if (v.kind === 1) {
      var isMoved = true;
      for (i = v.n - 1; i > 0 && isMoved; i -= 1) {
        isMoved = false;
        for (j = 0; j < i; j += 1) { if (list[j] > list[j + 1]) { swap(j, j + 1); isMoved = true; } look(); }
      }
    } else if (v.kind === 2) {
      for (i = 0; i < v.n - 1; i += 1) {
        for (least = i, j = i + 1; j < v.n; j += 1) { if (list[j] < list[least]) { least = j; } look(); }
        swap(i, least);
      }
    } else {
      for (i = 1; i < v.n; i += 1) {
        for (j = i; j > 0; j -= 1) { look(); if (list[j - 1] <= list[j]) { break; } swap(j - 1, j); }
      }
    }
    look();
  },
  draw: function (pen, v, t) {
    var step = Math.min(this.states.length - 1, Math.floor(t * 8));
    var width = 680 / v.n;
    pen.fillStyle = "#0b6e63";
    this.states[step].forEach(function (value, place) {
      var height = (360 * value) / v.n;
      pen.fillRect(20 + place * width, 390 - height, width - 4, height);
    });
    return "Đã so sánh " + Math.min(step, this.states.length - 2) + " / " + (this.states.length - 2) + " lần.";
  }
};
