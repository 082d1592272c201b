// Light or dark as it was chosen here, before anything is shown.
try {
  const theme = localStorage.getItem("annals-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* storage is off: as the system is */ }
document.documentElement.classList.add("scripted");
// On a narrow screen a timeline begins as a list.
if (location.pathname === "/timeline" && !new URLSearchParams(location.search).has("view") && matchMedia("(max-width: 760px)").matches) {
  location.replace(`/timeline${location.search === "" ? "?" : location.search + "&"}view=list`);
}
