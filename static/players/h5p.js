// Starts an H5P package from its unpacked folder.
const place = document.getElementById("h5p");
const assets = "/static/vendor/h5p-standalone";

new window.H5PStandalone.H5P(place, {
    h5pJsonPath: place.dataset.folder,
    frameJs: `${assets}/frame.bundle.js`,
    frameCss: `${assets}/styles/h5p.css`,
    embedType: "div",
    frame: false,
    copyright: false,
    icon: false,
});
