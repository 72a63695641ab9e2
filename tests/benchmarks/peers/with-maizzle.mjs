// Maizzle, through its own function for a single template.
import { readFileSync } from "node:fs";

import { render } from "@maizzle/framework";

import { STYLE, renderAll } from "./issue.mjs";

const template = readFileSync(new URL("issue.maizzle.html", import.meta.url), "utf-8");

const css = { inline: true, tailwind: { content: [{ raw: template }] } };

await renderAll(async (issue) => {
  const { html } = await render(template, { issue, style: STYLE, css });
  return html;
});
