import { render } from "preact";
import { App } from "./app.tsx";
import "./styles/page.css";

const root = document.getElementById("app")!;
// What stood there was for the first paint.
root.textContent = "";
render(<App />, root);
