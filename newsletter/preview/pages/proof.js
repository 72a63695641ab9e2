// Show each email in its full height, with all its pictures. The file holds a picture once, in the first frame that shows
// it, with its number at the end of its address; in the others is the number. Where scripts are off, an email scrolls in
// its frame, and has only the pictures that it holds.
document.getElementById("without-scripts")?.remove();
const frames = [...document.querySelectorAll("iframe")];
const images = (frame) => [...(frame.contentDocument?.images ?? [])];
const source = (image) => image.getAttribute("src") ?? "";
const held = {};
const share = () => {
  const shown = frames.flatMap(images);
  for (const address of shown.map(source)) {
    const number = /^data:[^,].*#(\d+)$/.exec(address)?.[1];
    if (number) held[number] = address;
  }
  for (const image of shown) {
    const number = /^data:,(\d+)$/.exec(source(image))?.[1];
    if (held[number]) image.src = held[number];
  }
};
for (const frame of frames) {
  const fit = () => {
    const page = frame.contentDocument?.documentElement;
    if (page) frame.style.height = `${Math.ceil(page.getBoundingClientRect().height)}px`;
    if (page) frame.contentDocument.onclick = (event) => {
      const link = event.target.closest("a[href]");
      if (!link) return;
      event.preventDefault();
      const target = link.getAttribute("href");
      if (target.startsWith("#")) frame.contentDocument.getElementById(target.slice(1))?.scrollIntoView();
      else open(link.href, "_blank", "noopener");
    };
  };
  const show = () => {
    share();
    for (const image of images(frame)) image.addEventListener("load", fit);
    fit();
  };
  frame.addEventListener("load", show);
  show();
}
