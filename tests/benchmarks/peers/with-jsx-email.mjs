// jsx-email. Its JSX is written as the calls that it becomes, so nothing has to be compiled.
import {
  Body,
  Container,
  Head,
  Heading,
  Html,
  Link,
  Preview,
  Section,
  Text,
  render,
} from "jsx-email";
import { createElement as e } from "react";

import { renderAll } from "./issue.mjs";

const serif = { fontFamily: "Georgia, serif", color: "#1d3c34" };
const text = { margin: "0 0 8px", fontSize: "17px", lineHeight: 1.55, color: "#222222" };
const small = { ...text, fontSize: "14px", color: "#666666" };

function Item({ title, url, teaser }) {
  return e(
    Section,
    null,
    e(Heading, { as: "h2", style: serif }, e(Link, { href: url, style: serif }, title)),
    e(Text, { style: text }, teaser),
    e(Text, { style: text }, e(Link, { href: url }, "Read more")),
  );
}

function Issue({ number, date, items }) {
  return e(
    Html,
    { lang: "en-GB" },
    e(Head, null, e("title", null, `BioNews ${number}`)),
    e(Preview, null, items[0].title),
    e(
      Body,
      { style: { backgroundColor: "#f4f4f4" } },
      e(
        Container,
        { style: { backgroundColor: "#ffffff", maxWidth: "640px", padding: "16px" } },
        e(Heading, { as: "h1", style: serif }, `BioNews ${number}`),
        e(Text, { style: small }, date),
        items.map((item) => e(Item, { key: item.url, ...item })),
      ),
    ),
  );
}

await renderAll((issue) => render(e(Issue, issue)));
