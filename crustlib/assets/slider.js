// The sliders of a static page. Every figure carries this script, and each run starts the figures that
// no earlier run has started, so a page may hold any number of them.
(() => {
  "use strict";

  // A frame is a WebP picture, or an SVG packed with zlib; either becomes a data URI, so nothing is fetched.
  async function unpack(frame) {
    if (frame.type === "webp") return "data:image/webp;base64," + frame.data;
    const packed = Uint8Array.from(atob(frame.data), (character) => character.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    return "data:image/svg+xml," + encodeURIComponent(await new Response(stream).text());
  }

  // "#violation-gravity=3&..." is a view; a hash without "=" is a section's anchor, and not ours.
  const view = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");

  function start(root) {
    const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    const picture = root.querySelector("img");
    const button = root.querySelector("button");
    const hint = root.querySelector(".hint span");
    const outputs = root.querySelectorAll("output");
    const inputs = [...root.querySelectorAll("input")];
    const key = (slider) => root.id + "-" + slider.name;
    const pictures = []; // promises of decoded frames, kept so that a frame shows without a flash
    let current = 0;

    function load(index) {
      pictures[index] ??= unpack(data.frames[index]).then(async (source) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        return image;
      });
      return pictures[index];
    }

    function paint(index, alt) {
      current = index;
      load(index).then(
        (image) => {
          if (current !== index) return; // the reader has moved on
          picture.src = image.src;
          picture.alt = alt;
          root.dataset.frame = index;
        },
        (error) => { hint.textContent = "This browser cannot unpack the pictures (" + error.message + ")."; },
      );
    }

    // One slider away from its default, all others back home: only those frames are in the page.
    function show(moved, position) {
      data.sliders.forEach((slider, i) => {
        const k = i === moved ? position : slider.default;
        inputs[i].value = k;
        if (outputs[i].textContent === slider.shown[k]) return;
        outputs[i].textContent = slider.shown[k];
        inputs[i].setAttribute("aria-valuetext", slider.shown[k]);
      });
      const slider = data.sliders[moved];
      button.disabled = position === slider.default;
      const where = button.disabled ? "" : " (" + slider.label + ": " + slider.shown[position] + ")";
      paint(slider.frames[position], data.alt + where);
    }

    function share() {
      const pairs = view();
      data.sliders.forEach((slider, i) => {
        pairs.delete(key(slider));
        if (+inputs[i].value !== slider.default) pairs.set(key(slider), slider.tokens[+inputs[i].value]);
      });
      const hash = pairs.toString();
      history.replaceState(history.state, "", hash ? "#" + hash : location.pathname + location.search);
    }

    // Shows what the address asks of this figure; returns whether the address asks this figure first.
    function restore() {
      const pairs = view();
      const [first] = pairs.keys();
      if (first === undefined) return false;
      const positions = data.sliders.map((slider) => slider.tokens.indexOf(pairs.get(key(slider))));
      const moved = Math.max(0, positions.findIndex((k, i) => k >= 0 && k !== data.sliders[i].default));
      show(moved, positions[moved] >= 0 ? positions[moved] : data.sliders[moved].default);
      return data.sliders.some((slider) => key(slider) === first);
    }

    inputs.forEach((input, i) => {
      input.addEventListener("input", () => show(i, +input.value));
      input.addEventListener("change", share);
    });
    button.addEventListener("click", () => {
      show(0, data.sliders[0].default);
      share();
      inputs[0].focus();
    });
    const scroll = () => root.scrollIntoView({ block: "nearest" });
    const loaded = (action) => document.readyState === "complete" ? action() : window.addEventListener("load", action);
    window.addEventListener("hashchange", () => { if (restore()) scroll(); });

    root.querySelector(".controls").hidden = false;
    show(0, data.sliders[0].default);
    if (restore()) loaded(scroll);
    loaded(() => data.frames.forEach((_, index) => load(index).catch(() => {}))); // paint() reports failures
  }

  document.querySelectorAll(".crust-slider:not([data-started])").forEach((root) => {
    root.dataset.started = "";
    start(root);
  });
})();
