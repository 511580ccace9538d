/** Asked where the server wants a key: the page is open, its data is not. */
export function KeyForm({ detail, onKey }: { detail: string; onKey: (key: string) => void }) {
  return (
    <form
      class="notice"
      onSubmit={(e) => {
        e.preventDefault();
        const key = String(new FormData(e.currentTarget).get("key") ?? "").trim();
        if (key !== "") onKey(key);
      }}
    >
      <h1>A key, please</h1>
      <p>{detail.startsWith("A key is needed") ? "This server shows its statistics to those who have one of its keys." : detail}</p>
      <label for="key">Key</label>
      <div class="row">
        <input id="key" name="key" type="password" autocomplete="off" required autofocus />
        <button type="submit">Open</button>
      </div>
      <p class="quiet">It is kept for this tab alone.</p>
    </form>
  );
}
