// A network: the slider shows a window as soon as it is let go, and a tie its statements without leaving the
// picture. It moves elements that the server has made; it makes none.
(() => {
  "use strict";
  const $ = (what, within = document) => within.querySelector(what);
  let asked = null;
  // Takes some parts of another page.
  const take = (address, ids, then = () => {}) => {
    asked?.abort();
    asked = new XMLHttpRequest();
    const own = asked;
    const drawn = $("#drawn");
    drawn?.setAttribute("aria-busy", "true");
    own.open("GET", address);
    own.responseType = "document";
    own.onloadend = () => drawn?.removeAttribute("aria-busy");
    own.onload = () => {
      const fresh = ids.map((id) => [document.getElementById(id), own.response?.getElementById(id)]);
      if (own.status !== 200 || fresh.some(([old, next]) => !old || !next)) { location.href = address; return; }
      for (const [old, next] of fresh) old.replaceWith(document.adoptNode(next));
      history.replaceState(null, "", address);
      then(own.response);
    };
    own.onerror = () => { location.href = address; };
    own.send();
  };

  // The window.
  const form = $("form.windows");
  const slider = form && $("input[type=range]", form);
  if (slider) {
    $("button", form).hidden = true;
    const small = $(".small", form);
    slider.addEventListener("input", () => { small.textContent = `${slider.value} of ${slider.max}`; });
    slider.addEventListener("change", () => {
      const options = new URLSearchParams(new FormData(form));
      take(`${form.getAttribute("action")}?${options}`, ["asked", "drawn", "side"], (page) => {
        const fresh = $("form.windows", page);
        $("output", form).textContent = $("output", fresh).textContent;
        slider.setAttribute("aria-valuetext", $("output", fresh).textContent);
        for (const rel of ["prev", "next"]) {
          const [old, next] = [$(`a[rel=${rel}]`, form), $(`a[rel=${rel}]`, fresh)];
          old.href = next.href;
          old.hidden = next.hidden;
        }
      });
    });
  }

  // A tie: Enter and a click alike.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("#drawn a");
    const address = link?.getAttribute("href");
    if (!address?.endsWith("#side") || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    if (matchMedia("(max-width: 1180px)").matches) return;
    event.preventDefault();
    for (const one of document.querySelectorAll("#drawn a[aria-current]")) one.removeAttribute("aria-current");
    for (const one of document.querySelectorAll("#drawn a")) if (one.getAttribute("href") === address) one.setAttribute("aria-current", "true");
    take(address, ["side"]);
  });
})();
