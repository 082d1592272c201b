// Light or dark as it was chosen here, before anything is shown.
try {
  const theme = localStorage.getItem("annals-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* storage is off: as the system is */ }
document.documentElement.classList.add("scripted");
// On a narrow screen a timeline begins as a list.
if (location.pathname === "/timeline") {
  const asked = new URLSearchParams(location.search);
  if (!asked.has("view") && matchMedia("(max-width: 760px)").matches) {
    // The list has none of these: they are of the picture.
    for (const option of ["lanes", "width", "start", "choose"]) asked.delete(option);
    asked.set("view", "list");
    location.replace(`/timeline?${asked}`);
  }
}
