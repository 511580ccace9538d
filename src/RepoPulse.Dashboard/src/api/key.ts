const name = "repopulse.key";
let held: string | null = null;

/** The key lives as long as the tab does: a shared machine does not keep it. */
export function readKey(): string | null {
  try {
    return held ?? sessionStorage.getItem(name);
  } catch {
    return held;
  }
}

export function keepKey(key: string): void {
  held = key;
  try {
    sessionStorage.setItem(name, key);
  } catch {
    // Storage is forbidden: the key lives as long as the page does.
  }
}
