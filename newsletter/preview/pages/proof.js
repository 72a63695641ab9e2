// Show each email in its full height, with the pictures of the first one. Where scripts are off, an email scrolls in
// its frame, and only the first one has pictures.
document.getElementById("without-scripts")?.remove();
const frames = [...document.querySelectorAll("iframe")];
const images = (frame) => [...(frame.contentDocument?.images ?? [])];
const source = (image) => image.getAttribute("src") ?? "";
const share = () => {
  const shared = images(frames[0]).map(source).filter((address) => /^data:[^,]/.test(address));
  for (const image of frames.flatMap(images)) {
    const number = /^data:,(\d+)$/.exec(source(image))?.[1];
    if (shared[number]) image.src = shared[number];
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
