// Before the first paint, so that a page which was switched to dark never flashes white.
try {
  const theme = localStorage.getItem("repopulse.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is forbidden: the system's theme it is.
}
