export interface Message {
  id: string;
  event: string;
  data: string;
}

/** Takes server-sent events out of text that comes in pieces (HTML standard, 9.2.6). Comments are passed over. */
export class MessageReader {
  #rest = "";
  #id = "";
  #event = "";
  #data: string[] = [];

  *read(piece: string): Generator<Message> {
    const text = this.#rest + piece;
    let start = 0;
    for (;;) {
      const at = text.indexOf("\n", start);
      if (at < 0) break;
      const end = at > start && text[at - 1] === "\r" ? at - 1 : at;
      const message = this.#line(text.slice(start, end));
      start = at + 1;
      if (message !== null) yield message;
    }
    this.#rest = text.slice(start);
  }

  #line(line: string): Message | null {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return null;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "id") this.#id = value;
    else if (field === "event") this.#event = value;
    else if (field === "data") this.#data.push(value);
    return null;
  }

  #dispatch(): Message | null {
    const message = this.#data.length === 0 ? null : { id: this.#id, event: this.#event || "message", data: this.#data.join("\n") };
    this.#event = "";
    this.#data = [];
    return message;
  }
}
